using System.Text.Json;
using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ReproduceCommandTests
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly DataSetStore DataSets = SyntheticDataSet.Store(Folder.Path);

    [ClassCleanup]
    public static void Clean() => Folder.Dispose();

    [TestMethod]
    [DataRow("--only", "S9.none")]
    [DataRow("--full-length")]
    [DataRow("--tuned", "--only", "mlp-100")]
    public async Task RowThatCannotBeTrainedIsAUsageError(params string[] arguments)
    {
        var console = new PlainConsole(dataSets: DataSets);
        Assert.AreEqual(ExitCode.Usage, await console.RunAsync(["reproduce", .. arguments]));
        Assert.HasCount(1, console.ErrorLines);
    }

    [TestMethod]
    [TestCategory("Long")]
    public async Task EveryRowTrainsExportsAndVerifies()
    {
        using var folder = new TemporaryFolder();
        await PlainConsole.SucceedAsync("reproduce", "--quick", "--out", folder["rows"], "--json", folder["rows.json"]);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["rows.json"]));
        JsonElement[] rows = [.. json.RootElement.GetProperty("rows").EnumerateArray()];
        CollectionAssert.AreEqual(
            SeedTable.Rows.Select(row => row.Id).ToArray(), rows.Select(row => row.GetProperty("id").GetString()).Distinct().ToArray());
        double[] accuracies = [.. rows.Where(row => row.GetProperty("id").GetString() == "dense-30-classifier").Select(row => row.GetProperty("ours").GetDouble())];
        Assert.HasCount(3, accuracies); // frozen, unfrozen, from random weights
        foreach (double accuracy in accuracies)
        {
            Assert.IsInRange(0.15, 1, accuracy); // chance is 0.1
        }
    }

    [TestMethod]
    public async Task RowOnAnotherRowsWeightsTrainsThatOneFirst()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["reproduce", "--quick", "--only", "dense-49-denoise", "--out", folder["rows"]];
        var console = new PlainConsole(dataSets: DataSets);
        Assert.AreEqual(ExitCode.Success, await console.RunAsync(command), console.Error);
        Assert.IsTrue(File.Exists(folder["rows/dense-49-quick/encoder.onnx"]));

        // Without that one's weights there is nothing to start from.
        Directory.Delete(folder["rows/dense-49-denoise-quick"], recursive: true);
        File.Delete(folder["rows/dense-49-quick/weights.dat"]);
        console = new PlainConsole(dataSets: DataSets);
        Assert.AreEqual(ExitCode.Failure, await console.RunAsync(command));
        Assert.Contains("has no weights.dat", console.Error);
    }

    [TestMethod]
    public async Task RowIsTrainedOnceAndStaysInTheTable()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["reproduce", "--quick", "--out", folder["rows"], "--json", folder["rows.json"]];
        var console = new PlainConsole(dataSets: DataSets);
        int exitCode = await console.RunAsync([.. command, "--only", "linear-2"]);

        Assert.AreEqual("", console.Error);
        Assert.AreEqual(ExitCode.Success, exitCode);
        Assert.Contains("Training linear-2", console.Output);
        Assert.IsTrue(File.Exists(folder["rows/linear-2-quick/autoencoder.onnx"]));

        var again = new PlainConsole(dataSets: DataSets);
        Assert.AreEqual(ExitCode.Success, await again.RunAsync([.. command, "--only", "s0.LINEAR2"]));
        Assert.DoesNotContain("Training", again.Output);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["rows.json"]));
        JsonElement row = json.RootElement.GetProperty("rows")[0];
        Assert.AreEqual("linear-2", row.GetProperty("id").GetString());
        Assert.AreEqual(3922, row.GetProperty("parameters").GetInt64()); // 2 x 784 x 2 weights, 2 + 784 biases
    }

    [TestMethod]
    public async Task ARunOfOtherOptionsIsTrainedAnewAndSaidSo()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["reproduce", "--quick", "--out", folder["rows"], "--only", "linear-2"];
        Assert.AreEqual(ExitCode.Success, await new PlainConsole(dataSets: DataSets).RunAsync(command));
        string record = folder["rows/linear-2-quick/run.json"];
        File.WriteAllText(record, File.ReadAllText(record).Replace("\"epochs\": 3,", "\"epochs\": 2,", StringComparison.Ordinal));

        var console = new PlainConsole(dataSets: DataSets);
        Assert.AreEqual(ExitCode.Success, await console.RunAsync(command), console.Error);
        Assert.Contains("linear-2 is trained anew: its run had epochs 2, now 3.", console.Output);
        Assert.Contains("\"epochs\": 3,", File.ReadAllText(record));
    }

    [TestMethod]
    public async Task RunWhoseRecordCannotBeReadIsNamedAndLeftAlone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["rows/dense-49-quick"]);
        File.WriteAllText(folder["rows/dense-49-quick/run.json"], "{");
        var console = new PlainConsole(dataSets: DataSets);
        int exitCode = await console.RunAsync("reproduce", "--quick", "--only", "linear-2", "dense-49", "--out", folder["rows"]);

        Assert.AreEqual(ExitCode.Failure, exitCode);
        Assert.Contains("dense-49-quick/run.json' is damaged", console.ErrorLines.Single());
        Assert.Contains("linear-2", console.Output);
        Assert.IsTrue(File.Exists(folder["rows/linear-2-quick/autoencoder.onnx"]));
        Assert.AreEqual("{", File.ReadAllText(folder["rows/dense-49-quick/run.json"]));
    }

    [TestMethod]
    public async Task RowThatFailsDoesNotKeepTheOthersFromBeingTrained()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["rows"]);
        File.WriteAllText(folder["rows/linear-2-quick"], "a file where the run's folder would go");
        var console = new PlainConsole(dataSets: DataSets);
        int exitCode = await console.RunAsync(
            "reproduce", "--quick", "--only", "linear-2", "linear-100", "--out", folder["rows"], "--json", folder["rows.json"]);

        Assert.AreEqual(ExitCode.Failure, exitCode);
        Assert.HasCount(1, console.ErrorLines);
        Assert.Contains("1 row(s) failed. linear-2: ", console.Error);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["rows.json"]));
        CollectionAssert.AreEqual(
            new[] { "linear-2" }, json.RootElement.GetProperty("failures").EnumerateArray().Select(row => row.GetProperty("id").GetString()).ToArray());
        Assert.IsTrue(json.RootElement.GetProperty("rows").EnumerateArray().All(row => row.GetProperty("id").GetString() == "linear-100"));
        Assert.IsTrue(File.Exists(folder["rows/linear-100-quick/autoencoder.onnx"]));
    }
}
