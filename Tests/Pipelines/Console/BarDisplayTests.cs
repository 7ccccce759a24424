using OnnxAE.Pipelines;
using Spectre.Console.Testing;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BarDisplayTests
{
    [TestMethod]
    public async Task ATerminalSeesABarWithTheLastStatusAndMarkupAsItIs()
    {
        using TestConsole console = new TestConsole().Interactive().Width(160);
        int result = await ProgressDisplay.For(new CliContext(console, TextWriter.Null, TimeProvider.System)).RunAsync("Training [a]", step =>
        {
            step.Report(0.5, "loss [0.1]");
            return Task.FromResult(7);
        });

        Assert.AreEqual(7, result);
        Assert.Contains("Training [a]  loss [0.1]", console.Output);
        Assert.Contains(" 50%", console.Output);
    }
}
