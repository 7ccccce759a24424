using System.Text.Json.Nodes;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ExperimentCommandTests
{
    [TestMethod]
    public async Task FiguresHaveTheNamesThatScriptsReadThemBy()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-49");
        SyntheticDataSet.Write(folder["data"]);
        PlainConsole console = await PlainConsole.SucceedAsync(
            "experiment", "--data", folder["data"], "--fractions", "0.1", "--draws", "2", "--arms", "raw", "frozen", "label-spreading",
            "--encoder", folder["run:code"], "--out", folder["out"], "--json", folder["figures.json"]);
        JsonNode json = JsonNode.Parse(File.ReadAllText(folder["figures.json"]))!;
        Assert.AreEqual("data", (string?)json["dataset"]);
        Assert.AreEqual(0.1, (double?)json["fraction"]);
        Assert.AreEqual(20, (int?)json["labels"]);
        Assert.AreEqual(2, (int?)json["draws"]);
        Assert.AreEqual("raw pixels", (string?)json["control"]);
        CollectionAssert.AreEqual(
            new[] { "raw pixels", "dense-49 code", "dense-49 code + label spreading" }, json["arms"]!.AsArray().Select(arm => (string?)arm!["name"]).ToArray());
        JsonNode arm = json["arms"]![2]!;
        Assert.AreEqual("labelSpreading", (string?)arm["kind"]);
        Assert.IsTrue((bool?)arm["frozen"]);
        Assert.AreEqual(arm["perDraw"]!.AsArray().Average(accuracy => (double)accuracy!), (double)arm["meanAccuracy"]!, 1e-12);
        Assert.IsNotNull((double?)arm["sd"]);
        Assert.IsNotNull((double?)arm["difference"]!["mean"]);
        Assert.AreEqual(ModelHash.OfFile(folder["run/encoder.onnx"]), (string?)json["encoders"]![folder["run/encoder.onnx"]]);
        Assert.Contains("points above control", console.Output);
        Assert.DoesNotContain("{{", File.ReadAllText((string)json["report"]!));
    }

    [TestMethod]
    public async Task AnotherFolderThanAnExperimentsIsLeftAlone()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"], train: 20, test: 10);
        folder.Write("run/report.html", "precious"u8.ToArray());
        await PlainConsole.FailAsync(ExitCode.Failure, "holds no earlier experiment", "experiment", "--data", folder["data"], "--out", folder["run"], "--arms", "raw");
        Assert.AreEqual("precious", File.ReadAllText(folder["run/report.html"]));
    }

    [TestMethod]
    public async Task ArmsWithoutAnEncoderNeedNone()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"]);
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Success, await console.RunAsync(
            "experiment", "--data", folder["data"], "--out", folder["out"], "--arms", "raw", "--draws", "1", "--fractions", "0.1"));
        Assert.IsFalse(Directory.Exists(folder["out/encoders"]));
        Assert.DoesNotContain("Encoders unchanged", console.Output);
    }

    [TestMethod]
    [DataRow("--fractions must be above 0", "--fractions", "0.01", "1.5")]
    [DataRow("--arms must be one of raw, pca,", "--arms", "guess")]
    [DataRow("neither a run folder", "--encoder", "nothing.such")]
    [DataRow("'mlp-100' is a classifier, which has learned from labels", "--encoder", "mlp-100")]
    public async Task WrongOptionIsAUsageError(string part, params string[] options)
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"], train: 20, test: 10);
        await PlainConsole.FailAsync(ExitCode.Usage, part, ["experiment", "--data", folder["data"], "--out", folder["out"], .. options]);
    }
}
