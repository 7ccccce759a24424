using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EncoderTransferTests
{
    [TestMethod]
    public void FiguresAreMeansOverTheDraws()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"]);
        RowSet Load(string part) => RowSet.Load(folder[$"data/{part}-images-idx3-ubyte"], folder[$"data/{part}-labels-idx1-ubyte"]);
        var data = new LabeledImages("data", "folder", folder["data"], "", Load("train"), Load("t10k"));
        WritePretrained(folder["run"], data);
        Dictionary<string, double> both = Run(seed: 1, draws: 2), first = Run(seed: 1, draws: 1), second = Run(seed: 2, draws: 1);

        Assert.AreEqual(50, both[SeedTable.Labels]); // 5 a class
        foreach (string metric in new[] { SeedTable.ScratchAccuracy, SeedTable.FrozenAccuracy, SeedTable.UnfrozenAccuracy })
        {
            Assert.AreEqual((first[metric] + second[metric]) / 2, both[metric], 1e-9, metric);
        }

        Dictionary<string, double> Run(int seed, int draws)
        {
            Architecture architecture = ModelCatalog.Get("dense-30-classifier");
            using RunFolder output = RunFolder.Create(folder[$"transfer-{seed}-{draws}"]);
            var transfer = new EncoderTransfer(architecture, TrainingOptions.For(architecture, seed) with { Epochs = 2 }, seed, folder["run"], data, output);
            var (model, _, metrics) = transfer.Run(draws, new NoProgress(), CancellationToken.None);
            model.Dispose();
            return metrics;
        }
    }

    private static void WritePretrained(string path, LabeledImages data)
    {
        Architecture architecture = ModelCatalog.Get("dense-30");
        using Autoencoder model = architecture.Create(seed: 1);
        using RunFolder run = RunFolder.Create(path);
        model.save(run.PathOf(RunFolder.WeightsFile));
        run.Commit(new RunRecord
        {
            Model = RunModel.Describe(architecture, model),
            Data = RunData.Describe("data", data.Train, data.Test),
            Training = TrainingOptions.For(architecture),
        });
    }
}
