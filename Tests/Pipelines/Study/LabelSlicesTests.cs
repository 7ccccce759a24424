using System.Text.Json.Nodes;
using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LabelSlicesTests
{
    [TestMethod]
    public async Task EachDrawIsStratifiedSeededAndSaved()
    {
        using var folder = new TemporaryFolder();
        LabeledImages data = await LoadAsync(folder);
        IReadOnlyList<LabelSlice> slices = LabelSlices.Create(data, 0.1, draws: 2, seed: 5, folder["slices"]);
        IReadOnlyList<LabelSlice> again = LabelSlices.Create(data, 0.1, draws: 2, seed: 5, folder["slices"]);

        for (int draw = 0; draw < 2; draw++)
        {
            LabelSlice slice = slices[draw];
            Assert.IsTrue(slice.ByClass.All(rows => rows.Count() == 2));
            Assert.IsTrue(slice.Rows.All(row => slice.Keys[row] == data.Train.Labels.Span[row] + 1u));
            Assert.AreEqual(20, slice.Keys.Count(key => key != 0));
            CollectionAssert.AreEqual(slice.Rows.ToArray(), again[draw].Rows.ToArray());
            JsonNode saved = JsonNode.Parse(File.ReadAllText(folder[$"slices/data-{data.Sha256[..8]}-0.1-seed{5 + draw}.json"]))!;
            CollectionAssert.AreEqual(slice.Rows.ToArray(), saved["rows"]!.AsArray().Select(row => (int)row!).ToArray());
            Assert.AreEqual(data.Sha256, (string?)saved["datasetSha256"]);
        }

        CollectionAssert.AreNotEqual(slices[0].Rows.ToArray(), slices[1].Rows.ToArray());
    }

    [TestMethod]
    public async Task AllLabelsAreASingleDraw()
    {
        using var folder = new TemporaryFolder();
        LabelSlice whole = LabelSlices.Create(await LoadAsync(folder), 1, draws: 10, seed: 1, folder["slices"]).Single();
        Assert.IsTrue(whole.IsWhole);
    }

    private static Task<LabeledImages> LoadAsync(TemporaryFolder folder) =>
        new LabeledImagesLoader(new DataSetStore()).LoadAsync(SyntheticDataSet.Write(folder["data"]), new Progress<DataSetProgress>(), CancellationToken.None);
}
