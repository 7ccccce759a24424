using System.Text.Json;
using OnnxAE.Benchmarks;
using OnnxAE.Models;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BenchmarkTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("", "")]
    [DataRow("socring --rounds 1", ", not 'socring'")]
    public async Task WithoutANameThatThereIsOneSentenceSaysWhatThereIs(string arguments, string not)
    {
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Usage, await RunAsync(console, arguments));
        Assert.AreEqual($"./test: The benchmarks are scoring, training and hot-path{not}; see './test --bench --help'.\n", console.Error);
        Assert.AreEqual("", console.Output);
    }

    [TestMethod]
    [DataRow(7, 60_000)]
    [DataRow(3, 3)]
    public void ASlowNetworksRoundsShareOutTheRows(int rounds, int rows)
    {
        int next = 0;
        for (int round = 0; round < rounds; round++)
        {
            (int first, int count) = ScoringBenchmark.Slice(round, rounds, rows);
            Assert.AreEqual(next, first);
            Assert.IsGreaterThan(0, count);
            next += count;
        }

        Assert.AreEqual(rows, next);
    }

    [TestMethod]
    public void AnAimIsALeastOrAMost()
    {
        var ratio = new ScoringAim("ratio", Found: 0.94, Bound: 0.95);
        Assert.IsFalse(ratio.IsMet);
        Assert.IsTrue((ratio with { IsMost = true }).IsMet);
    }

    [TestMethod]
    public void AStepHasThreeProductsALayerButTwoInTheFirst()
    {
        using var model = new DenseAutoencoder([6, 3], Activation.Linear, Activation.Linear, Activation.Linear);
        var products = MatrixProducts.Of(model, batch: 5);
        Assert.IsNotNull(products);
        Assert.AreSequenceEqual(new[] { (5L, 6L, 3L), (3L, 5L, 6L), (5L, 3L, 6L), (6L, 5L, 3L), (5L, 6L, 3L) }, products);
        Assert.AreEqual(5 * 2 * 5 * 6 * 3, MatrixProducts.Flops(products));
    }

    [TestMethod]
    public void ANetworkOfConvolutionsHasNoProducts()
    {
        using Autoencoder model = ModelCatalog.Get("conv-49").Create(seed: 1);
        Assert.IsNull(MatrixProducts.Of(model, batch: 5));
    }

    [TestMethod]
    [TestCategory("Long")]
    [DoNotParallelize] // allocations are counted for the whole process
    public async Task RatiosAndAllocationsOfScoringAreWritten()
    {
        JsonElement model = await MeasureAsync(new PlainConsole(), "scoring --models mlp-100 --rounds 1");
        Assert.AreEqual("mlp-100", model.GetProperty("id").GetString());
        foreach (string ratio in new[] { "ratioToRaw", "ratioToStock", "ratioToTunedStock", "processorRatioToRaw", "bytesPerRow", "firstRowMilliseconds" })
        {
            Assert.IsGreaterThan(0.0, model.GetProperty(ratio).GetDouble());
        }

        JsonElement bytes = model.GetProperty("aims").EnumerateArray().Single(aim => aim.GetProperty("figure").GetString() == "bytes allocated a row");
        Assert.IsTrue(bytes.GetProperty("isMet").GetBoolean());
    }

    [TestMethod]
    [TestCategory("Long")]
    public async Task OurTrainingStandsBesidePyTorchsWhereItIsInstalled()
    {
        var console = new PlainConsole();
        JsonElement model = await MeasureAsync(console, "training --models deep-49 --rounds 1");
        Assert.IsGreaterThan(0.0, model.GetProperty("samplesPerSecond").GetDouble());
        JsonElement ratio = model.GetProperty("ratio");
        if (console.Output.Contains(PyTorchPeer.HowToInstall))
        {
            Assert.AreEqual(JsonValueKind.Null, ratio.ValueKind);
        }
        else
        {
            Assert.IsGreaterThan(0.0, ratio.GetDouble());
        }
    }

    // The figures of the one network that is measured.
    private async Task<JsonElement> MeasureAsync(PlainConsole console, string arguments)
    {
        using var folder = new TemporaryFolder();
        int exitCode = await RunAsync(console, $"{arguments} --json {folder["figures.json"]}");
        Assert.AreEqual("", console.Error);
        Assert.AreEqual(ExitCode.Success, exitCode);
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(folder["figures.json"])).GetProperty("models")[0];
    }

    private Task<int> RunAsync(PlainConsole console, string arguments) => CommandLine.RunAsync(
        BenchmarkCommand.CreateRoot(console.Context),
        ["--bench", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        console.Context,
        TestContext.CancellationToken);
}
