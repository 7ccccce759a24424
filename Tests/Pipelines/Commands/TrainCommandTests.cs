using System.Text.Json.Nodes;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    private string Run => _folder["run"];

    [TestInitialize]
    public void WriteData() => SyntheticDataSet.Write(Data, train: 60, test: 20);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task ARunAppearsWholeWithItsLogsAndIsNotReplaced()
    {
        PlainConsole console = await PlainConsole.SucceedAsync(Train("--epochs", "2", "--csv", "--tensorboard", "--json", _folder["figures.json"]));
        CollectionAssert.AreEquivalent(
            new[] { "autoencoder.onnx", "decoder.onnx", "encoder.onnx", "features.onnx", "log.csv", "model-card.md", "run.json", "tensorboard", "weights.dat" },
            Names(Run));
        CollectionAssert.AreEquivalent(new[] { "data", "figures.json", "run" }, Names(_folder.Path));
        JsonNode figures = JsonNode.Parse(File.ReadAllText(_folder["figures.json"]))!;
        Assert.AreEqual(Record().Model.WeightsHash, (string?)figures["weightsSha256"]);
        Assert.AreEqual(2, (int?)figures["epochs"]);
        Assert.AreEqual(8, (int?)figures["steps"]);
        Assert.HasCount(2, figures["validationLosses"]!.AsArray());
        Assert.Contains("100 %", console.Output);

        var second = new PlainConsole();
        Assert.AreEqual(ExitCode.Failure, await second.RunAsync(Train("--epochs", "2")));
        Assert.Contains("holds an earlier run", second.ErrorLines.Single());
    }

    [TestMethod]
    public async Task AStoppedRunSaysHowToGoOnAndGoesOnToTheSameWeights()
    {
        string[] options = ["--steps", "30", "--early-stopping", "50", "--corruption", "gaussian(0, 0.3)", "--schedule", "one-cycle", "--csv"];
        await new PlainConsole().RunAsync(Train(options));
        RunRecord whole = Record();
        Directory.Delete(Run, recursive: true);

        using var stop = new CancellationTokenSource();
        var stopped = new PlainConsole(onLine: line =>
        {
            if (line.Contains(" 40 %", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });
        Assert.AreEqual(ExitCode.Interrupted, await CommandLine.RunAsync(Train(options), stopped.Context, stop.Token));
        Assert.Contains("--corruption 'gaussian(0, 0.3)' --schedule one-cycle --csv --resume", stopped.ErrorLines.Single());
        CollectionAssert.AreEquivalent(new[] { "data", "run.unfinished" }, Names(_folder.Path));

        var again = new PlainConsole();
        Assert.AreEqual(ExitCode.Failure, await again.RunAsync(Train(options)));
        Assert.Contains("Add --resume", again.ErrorLines.Single());

        var resumed = new PlainConsole();
        Assert.AreEqual(ExitCode.Success, await resumed.RunAsync(Train([.. options, "--resume"])), resumed.Error);
        Assert.AreEqual(whole.Model.WeightsHash, Record().Model.WeightsHash);
        Assert.AreEqual(whole.History!.Epochs.Count, Record().History!.Epochs.Count);
        Assert.HasCount(1 + whole.History.Epochs.Count, File.ReadAllLines(Path.Combine(Run, "log.csv")));
        Assert.AreEqual(whole.Selection, Record().Selection);
        Assert.AreEqual(("0.1", 50, true), (whole.Selection!.Validation, whole.Selection.Patience, whole.Selection.BestWeights));
        CollectionAssert.AreEquivalent(new[] { "data", "run" }, Names(_folder.Path));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/")]
    public async Task ARunThatDivergesKeepsItsLastGoodWeights(string ending)
    {
        var console = new PlainConsole();
        int exitCode = await console.RunAsync(
            "train", "linear-2", "--data", Data, "--out", Run + ending, "--batch", "16", "--epochs", "3", "--lr", "1e30", "--optimizer", "sgd", "--checkpoint-every", "1");

        Assert.AreEqual(ExitCode.Failure, exitCode);
        Assert.Contains("Lower the learning rate (1E+30)", console.ErrorLines.Single());
        CollectionAssert.AreEquivalent(new[] { "data", "run.diverged" }, Names(_folder.Path));
        CollectionAssert.AreEqual(new[] { "weights.dat" }, Names(_folder["run.diverged"]));
    }

    [TestMethod]
    public async Task AClassifierOfTheCatalogueTrainsOnLabels()
    {
        var console = new PlainConsole();
        int exitCode = await console.RunAsync("train", "mlp-100", "--data", Data, "--out", Run, "--epochs", "30", "--batch", "10");

        Assert.AreEqual(ExitCode.Success, exitCode, console.Error);
        Assert.IsGreaterThan(0.5, Record().Metrics["testAccuracy"], "a square's place tells its class");
        CollectionAssert.IsSubsetOf(new[] { "encoder.onnx", "classifier.onnx" }, Names(Run));

        // Both files say what pixels are, so that bytes can be given.
        foreach (string command in new[] { "encode", "score" })
        {
            console = new PlainConsole();
            exitCode = await console.RunAsync(command, Run, "--in", Path.Combine(Data, "t10k-images-idx3-ubyte"), "--out", _folder[$"{command}.csv"]);
            Assert.AreEqual(ExitCode.Success, exitCode, console.Error);
        }
    }

    [TestMethod]
    [DataRow("--epochs and --steps both", "--epochs", "2", "--steps", "3")]
    [DataRow("has seen them", "--early-stopping", "3", "--validation", "test")]
    [DataRow("--optimizer must be one of adam, adamw, rmsprop, sgd", "--optimizer", "lion")]
    [DataRow("such as 10m", "--checkpoint-every", "often")]
    [DataRow("such as 10m", "--checkpoint-every", "1,5m")]
    [DataRow("is no validation set", "--validation", "1.5")]
    [DataRow("is no validation set", "--validation", "0,1")]
    [DataRow("is not a loss", "--loss", "mse + nonsense(1)")]
    [DataRow("2 given in 'mse + bce';", "--loss", "mse + bce")]
    [DataRow("has l1 several times", "--penalty", "l1(1e-5) + l1(1e-4)")]
    [DataRow("--momentum goes with --optimizer sgd or rmsprop", "--momentum", "0.9")]
    [DataRow("--warm-up goes with --schedule one-cycle", "--warm-up", "0.2", "--schedule", "cosine")]
    [DataRow("is not a corruption", "--corruption", "rain(3)")]
    [DataRow("above 0", "--lr", "0")]
    [DataRow("--epochs must be 1 or more", "--epochs", "0")]
    public async Task AWrongOptionIsASentenceAndNothingElse(string part, params string[] options)
    {
        await PlainConsole.FailAsync(ExitCode.Usage, part, Train(options));
        CollectionAssert.AreEqual(new[] { "data" }, Names(_folder.Path));
    }

    [TestMethod]
    public async Task WhatCannotBeReadOrWrittenIsASentenceAndNothingElse()
    {
        File.WriteAllText(_folder["file"], "");
        await AssertFails("'S9.nothing'", "train", "S9.nothing", "--data", Data, "--out", Run);
        await AssertFails(_folder["nowhere"], "train", "dense-49", "--data", _folder["nowhere"], "--out", Run);
        await AssertFails(_folder["file"], "train", "dense-49", "--data", Data, "--out", _folder["file/run"]);
        await AssertFails("nothing to resume", Train("--resume"));

        async Task AssertFails(string part, params string[] arguments)
        {
            var console = new PlainConsole();
            Assert.AreEqual(ExitCode.Failure, await console.RunAsync(arguments), part);
            Assert.Contains(part, console.ErrorLines.Single());
            CollectionAssert.AreEquivalent(new[] { "data", "file" }, Names(_folder.Path));
        }
    }

    [TestMethod]
    public async Task ExportWritesTheSameFilesAnewFromTheWeights()
    {
        await new PlainConsole().RunAsync(Train("--steps", "2", "--csv"));
        byte[] encoder = File.ReadAllBytes(Path.Combine(Run, "encoder.onnx"));
        RunRecord before = Record();
        File.WriteAllText(Path.Combine(Run, "encoder.onnx"), "damaged");
        File.Delete(Path.Combine(Run, "decoder.onnx"));

        await PlainConsole.SucceedAsync("export", Run, "--data", Data);
        CollectionAssert.AreEqual(encoder, File.ReadAllBytes(Path.Combine(Run, "encoder.onnx")));
        CollectionAssert.AreEquivalent(before.Files.ToArray(), Record().Files.ToArray());
        Assert.AreEqual(before.Created, Record().Created);
    }

    [TestMethod]
    public async Task LogsOfARunThatWasKilledAreNoneOfTheNext()
    {
        Directory.CreateDirectory(_folder["run.unfinished/logs"]);
        File.WriteAllText(_folder["run.unfinished/logs/log.csv"], "of another run");
        await PlainConsole.SucceedAsync(Train("--epochs", "1"));
        CollectionAssert.DoesNotContain(Names(Run), "log.csv");
    }

    [TestMethod]
    public async Task LabelsThatTheClassifierDoesNotKnowAreNamed()
    {
        string labels = Path.Combine(Data, "t10k-labels-idx1-ubyte");
        byte[] bytes = File.ReadAllBytes(labels);
        bytes[^1] = 12;
        File.WriteAllBytes(labels, bytes);
        await PlainConsole.FailAsync(ExitCode.Failure, "Found the label 12; the classifier tells classes 0 to 9 apart", Train(["--epochs", "1"], "mlp-100"));
    }

    [TestMethod]
    public async Task NoEpochIsChosenByALossWhoseWeightsGrow()
    {
        var console = new PlainConsole();
        int exitCode = await console.RunAsync(Train(["--loss", "bce(784) + kl(1, 2)", "--best-weights", "--validation", "none"], "vae-2"));
        Assert.AreEqual(ExitCode.Usage, exitCode);
        Assert.Contains("warm-up", console.ErrorLines[0]);
    }

    private string[] Train(params string[] options) => Train(options, "dense-49");

    private string[] Train(string[] options, string architecture) => ["train", architecture, "--data", Data, "--out", Run, "--batch", "16", .. options];

    private RunRecord Record() => RunRecord.Load(Run);

    private static string?[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(Path.GetFileName)];
}
