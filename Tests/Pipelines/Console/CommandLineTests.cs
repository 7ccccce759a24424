using System.Text.Json;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CommandLineTests
{
    [TestMethod]
    [DataRow("demo", "--epochs", "many")]
    [DataRow("demo", "--epochs", "0")]
    [DataRow("demo", "--nonsense")]
    [DataRow("data", "get")]
    [DataRow("nonsense")]
    [DataRow("classify", "fit", "--data", "x", "--fraction", "2")]
    [DataRow("classify", "score", "model", "--in", "a.csv", "--out", "b.csv", "--abstain", "2")]
    [DataRow("experiment", "--encoder", ":map")]
    public async Task WrongCommandLineEndsWithOneSentenceAndExitCodeTwo(params string[] arguments)
    {
        PlainConsole console = await PlainConsole.FailAsync(ExitCode.Usage, "--help", arguments);
        Assert.StartsWith("onnxae: ", console.Error);
        Assert.AreEqual("", console.Output);
    }

    [TestMethod]
    [DataRow("--seed must be a whole number", "demo", "--seed", "99999999999")]
    [DataRow("<ARCH> is missing", "train")]
    public async Task AWrongCommandLineIsAnsweredInTheUsersWords(string sentence, params string[] arguments) =>
        await PlainConsole.FailAsync(ExitCode.Usage, sentence, arguments);

    [TestMethod]
    public async Task FiguresAreWrittenAsJsonBesideTheOutput()
    {
        using var folder = new TemporaryFolder();
        PlainConsole console = await PlainConsole.SucceedAsync("models", "--json", folder["models.json"]);

        using var json = JsonDocument.Parse(File.ReadAllText(folder["models.json"]));
        Assert.Contains("dense-30-denoise", json.RootElement.GetRawText());
        Assert.Contains("dense-30-denoise", console.Output);
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public async Task JsonInAFolderThatDoesNotExistIsRefusedBeforeTheWork()
    {
        using var folder = new TemporaryFolder();
        PlainConsole console = await PlainConsole.FailAsync(ExitCode.Usage, folder["missing"], "models", "--json", folder["missing/models.json"]);
        Assert.AreEqual("", console.Output);
    }
}
