using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LabeledImagesLoaderTests
{
    [TestMethod]
    [DataRow("train")]
    [DataRow("t10k")]
    public async Task ClassesAreThoseOfBothSets(string withTwelve)
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder.Path, train: 20, test: 10);
        string labels = folder[$"{withTwelve}-labels-idx1-ubyte"];
        byte[] bytes = File.ReadAllBytes(labels);
        bytes[^1] = 11;
        File.WriteAllBytes(labels, bytes);

        LabeledImages data = await new LabeledImagesLoader(new DataSetStore()).LoadAsync(folder.Path, new Progress<DataSetProgress>(), CancellationToken.None);
        Assert.AreEqual(12, data.Train.ClassCount);
        Assert.AreEqual(12, data.Test.ClassCount);
    }

    [TestMethod]
    public async Task OblongImagesAreNotTakenForSquareOnes()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder.Path, train: 20, test: 10);
        foreach (string part in new[] { "train", "t10k" })
        {
            byte[] bytes = File.ReadAllBytes(folder[$"{part}-images-idx3-ubyte"]);
            (bytes[11], bytes[15]) = (14, 56); // the same number of pixels
            File.WriteAllBytes(folder[$"{part}-images-idx3-ubyte"], bytes);
        }

        LabeledImages images = await new LabeledImagesLoader(new DataSetStore()).LoadAsync(folder.Path, new Progress<DataSetProgress>(), CancellationToken.None);
        CollectionAssert.AreEqual(new[] { 1, 14, 56 }, images.Test.Shape.ToArray());
    }
}
