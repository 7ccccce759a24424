using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class StepPrinterTests
{
    [TestMethod]
    public async Task AStepIsTimedAndSaysWhatCameOfItInNumbersOfNoCountry()
    {
        var time = new ManualTime();
        var console = new PlainConsole(time);
        var steps = new StepPrinter(console.Context);
        int result = await steps.RunAsync(
            "count",
            "Counting",
            _ =>
            {
                time.Advance(TimeSpan.FromSeconds(1.5));
                return 1234;
            },
            found => $"{found:N0} things, {0.5:F2} each");
        steps.Write("run", $"{"runs/a"}");

        Assert.AreEqual(1234, result);
        Assert.AreEqual(new StepTime("count", 1.5), steps.Times.Single());
        Assert.AreEqual(1.5, steps.Seconds["count"]);
        Assert.Contains("count     1,234 things, 0.50 each\nrun       runs/a\n", console.Output);
    }
}
