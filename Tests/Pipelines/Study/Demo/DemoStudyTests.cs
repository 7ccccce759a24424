using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;
using TorchSharp;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DemoStudyTests
{
    private static readonly DemoSettings Quick = new()
    {
        ArmSettings = new ArmSettings { Folds = 2, ScratchAugmented = new ClassifierOptions { Steps = 4, BatchSize = 16 }, NetworkMinimumEpochs = 1 },
        Draws = 2,
        ReportImages = 3,
    };

    private static readonly string[] RunFiles =
    [
        "autoencoder.onnx", "classifier.zip", "decoder.onnx", "encoder.onnx",
        "features.onnx", "model-card.md", "report.html", "run.json", "weights.dat",
    ];

    [TestMethod]
    public async Task SameSeedGivesTheSameFiguresAndReplacesTheEarlierRun()
    {
        using var folder = new TemporaryFolder();
        var request = new DemoRequest(SyntheticDataSet.Write(folder["data"]), folder["run"], Seed: 1, Epochs: 2);

        DemoResult first = await RunAsync(new PlainConsole(), request);
        DemoResult second = await RunAsync(new PlainConsole(), request);

        Assert.AreEqual(Figures(first), Figures(second));
        CollectionAssert.AreEqual(RunFiles, Directory.GetFileSystemEntries(folder["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray());
        CollectionAssert.AreEquivalent(new[] { folder["data"], folder["run"] }, Directory.GetFileSystemEntries(folder.Path));
        Assert.AreEqual(50, first.Classify.Labels); // 5 a class, since 1 % of 200 would be next to none
        Assert.IsGreaterThan(0.5, first.Classify.RawPixels, "a square's place tells its class");
        Assert.AreEqual(first.Classify.Arms[2].PerDraw[0], first.Classify.SavedAccuracy);
        Assert.IsLessThan(1e-5, first.Verify.MaxAbsDiff);
        Assert.AreEqual(DamagedPsnr(folder["data"]), first.Denoise.PsnrNoisy, 1e-6);

        var ml = new MLContext(seed: 1); // stock ML.NET
        IDataView test = ml.Data.LoadFromIdx(folder["data/t10k-images-idx3-ubyte"], folder["data/t10k-labels-idx1-ubyte"]);
        ITransformer classifier = ml.Model.Load(folder["run/classifier.zip"], out _);
        Assert.AreEqual(first.Classify.SavedAccuracy, ml.MulticlassClassification.Evaluate(classifier.Transform(test)).MicroAccuracy);
    }

    private static double DamagedPsnr(string data)
    {
        RowSet test = RowSet.Load(Path.Combine(data, "t10k-images-idx3-ubyte"));
        RowSet damaged = CorruptedImages.Create(test, TrainingOptions.For(ModelCatalog.Get("conv-contrastive-256")).Corruption!, seed: 1);
        double error = test.AllBytes().Zip(damaged.AllBytes(), (a, b) => (a - b) * (a - b) / (255.0 * 255)).Average();
        return -10 * Math.Log10(error);
    }

    [TestMethod]
    public async Task FiguresHaveTheNamesThatScriptsReadThemBy()
    {
        using var folder = new TemporaryFolder();
        var request = new DemoRequest(SyntheticDataSet.Write(folder["data"]), folder["run"], Seed: 3, Epochs: 1);
        var console = new PlainConsole();

        JsonFile.Write(await RunAsync(console, request), folder["demo.json"]);

        JsonNode json = JsonNode.Parse(File.ReadAllText(folder["demo.json"]))!;
        Assert.AreEqual("data", (string?)json["dataset"]);
        Assert.AreEqual(3, (int?)json["seed"]);
        Assert.AreEqual(torch.__version__, (string?)json["versions"]!["libtorch"]);
        Assert.IsTrue(File.Exists((string?)json["report"]));
        double[] figures =
        [
            .. new[]
            {
                json["trainSeconds"], json["testLoss"], json["verify"]!["maxAbsDiff"], json["denoise"]!["psnrNoisy"], json["denoise"]!["psnrDenoised"],
                json["classify"]!["labels"], json["classify"]!["rawPixels"], json["classify"]!["frozenLinear"], json["classify"]!["frozen"], json["classify"]!["scratch"],
            }.Select(figure => (double)figure!),
        ];
        Assert.IsTrue(figures.All(double.IsFinite));
        Assert.Contains("conv-contrastive-256 from scratch, augmented", console.Output);
        Assert.Contains("Try next:", console.Output);
    }

    [TestMethod]
    [DataRow("Training conv-contrastive-256   50 %")]
    [DataRow("export")]
    [DataRow("Classifying   30 %")]
    public async Task StoppedRunLeavesNothingAndTheEarlierRunAsItWas(string line)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["run"]);
        using var stop = new CancellationTokenSource();
        var console = new PlainConsole(onLine: text =>
        {
            if (text.StartsWith(line, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });
        var request = new DemoRequest(SyntheticDataSet.Write(folder["data"]), folder["run"], Seed: 1, Epochs: 2);

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(console, request, stop.Token));

        Assert.IsTrue(stop.IsCancellationRequested);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder["run"]));
        CollectionAssert.AreEquivalent(new[] { folder["data"], folder["run"] }, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task FolderOfSomebodyElseIsNotReplaced()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["run"]);
        File.WriteAllText(folder["run/thesis.txt"], "years of work");
        var request = new DemoRequest(SyntheticDataSet.Write(folder["data"]), folder["run"], Seed: 1, Epochs: 1);

        await Assert.ThrowsAsync<IOException>(() => RunAsync(new PlainConsole(), request));

        Assert.AreEqual("years of work", File.ReadAllText(folder["run/thesis.txt"]));
    }

    private static Task<DemoResult> RunAsync(PlainConsole console, DemoRequest request, CancellationToken cancellationToken = default) =>
        new DemoStudy(console.Context, new DataSetStore(), Quick).RunAsync(request, cancellationToken);

    /// <summary>All figures but those that measure time.</summary>
    private static string Figures(DemoResult result) => JsonSerializer.Serialize(
        result with
        {
            TrainSeconds = 0,
            Steps = [],
            Encode = result.Encode with { RowsPerSecond = 0 },
            Classify = result.Classify with
            {
                Arms = [.. result.Classify.Arms.Select(arm => arm with { SecondsPerDraw = 0, PreparationSeconds = 0, PretrainingSeconds = 0 })],
            },
        },
        JsonFile.Options);
}
