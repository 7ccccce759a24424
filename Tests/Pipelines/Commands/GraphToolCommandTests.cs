using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class GraphToolCommandTests
{
    [TestMethod]
    [DataRow("info")]
    [DataRow("onnx info")]
    public async Task InfoShowsEveryNodeWithItsShapeAndTotals(string command)
    {
        using var folder = new TemporaryFolder();
        string path = TinyOnnx.Dense(5, 3).Save(folder);
        PlainConsole console = await PlainConsole.SucceedAsync([.. command.Split(' '), path]);
        string[] lines = [.. console.Output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        CollectionAssert.Contains(lines, "sum Gemm float [N, 3] 18 72");
        CollectionAssert.Contains(lines, "y Tanh float [N, 3] 0 0");
        CollectionAssert.Contains(lines, "2 nodes 18 72");
    }

    [TestMethod]
    public async Task ComposeWritesOneFileOfTwo()
    {
        using var folder = new TemporaryFolder();
        string first = TinyOnnx.Dense(5, 3).Save(folder, "first.onnx"), second = TinyOnnx.Dense(3, 2).Save(folder, "second.onnx");
        PlainConsole console = await PlainConsole.SucceedAsync("onnx", "compose", first, second, "--out", folder["whole.onnx"]);
        Assert.Contains("x: float [N, 5] -> y_1: float [N, 2], 4 nodes", console.Output);
        Assert.HasCount(4, OnnxModelInfo.Read(folder["whole.onnx"]).Nodes);

        Assert.AreEqual(ExitCode.Failure, await console.RunAsync("onnx", "compose", second, first, "--out", folder["wrong.onnx"]));
        Assert.HasCount(1, console.ErrorLines);
        Assert.IsFalse(File.Exists(folder["wrong.onnx"]));
    }

    [TestMethod]
    public async Task ComposePutsEncodersSideBySide()
    {
        using var folder = new TemporaryFolder();
        string first = TinyOnnx.Dense(5, 3).Save(folder, "first.onnx"), second = TinyOnnx.Dense(5, 2).Save(folder, "second.onnx");
        PlainConsole console = await PlainConsole.SucceedAsync("onnx", "compose", "--side-by-side", first, second, first, "--out", folder["whole.onnx"]);
        Assert.Contains("x: float [N, 5] -> y: float [N, 8], 7 nodes", console.Output);
        Assert.AreEqual(ExitCode.Usage, await new PlainConsole().RunAsync("onnx", "compose", first, second, first, "--out", folder["wrong.onnx"]));
        Assert.AreEqual(ExitCode.Usage, await new PlainConsole().RunAsync("onnx", "compose", "--side-by-side", first, second, "--connect", "y=x", "--out", folder["wrong.onnx"]));
    }

    [TestMethod]
    public async Task RenameWritesAFileWithOtherNames()
    {
        using var folder = new TemporaryFolder();
        string path = TinyOnnx.Dense(5, 3).Save(folder);
        PlainConsole console = await PlainConsole.SucceedAsync("onnx", "rename", path, "--input", "x=pixels", "--output", "y=code", "--out", folder["renamed.onnx"]);
        Assert.Contains("pixels: float [N, 5] -> code: float [N, 3]", console.Output);
        Assert.AreEqual("pixels", OnnxModelInfo.Read(folder["renamed.onnx"]).Inputs[0].Name);
    }

    [TestMethod]
    [DataRow("--input x=")]
    [DataRow("--input x")]
    [DataRow("--input x=a --input x=b")]
    [DataRow("")]
    public async Task WrongPairsOfNamesAreWrongUsage(string options)
    {
        using var folder = new TemporaryFolder();
        string path = TinyOnnx.Dense(5, 3).Save(folder);
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Usage, await console.RunAsync(["onnx", "rename", path, "--out", folder["renamed.onnx"], .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
    }

    [TestMethod]
    [DataRow("compose")]
    [DataRow("rename")]
    [DataRow("quantize")]
    public async Task ACommandThatHasMovedSaysWhereItIs(string name)
    {
        string sentence = $"onnxae: 'onnxae {name}' is now 'onnxae onnx {name}'; see 'onnxae onnx {name} --help'.";
        await PlainConsole.FailAsync(ExitCode.Usage, sentence, name);
        await PlainConsole.FailAsync(ExitCode.Usage, sentence, name, "a.onnx", "--input", "x=y", "--out", "b.onnx");
    }
}
