using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class MilestoneDisplayTests
{
    [TestMethod]
    public async Task ALineIsPrintedAtEveryTenthAndNowhereElse()
    {
        var clock = new ManualTime();
        var console = new PlainConsole(clock);
        int result = await ProgressDisplay.For(console.Context).RunAsync("Training", step =>
        {
            for (int i = 1; i <= 40; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                step.Report(i / 40.0, $"loss 0.{i}");
            }

            return Task.FromResult(7);
        });

        string[] lines = console.Output.TrimEnd().Split('\n');
        Assert.AreEqual(7, result);
        Assert.HasCount(11, lines);
        Assert.AreEqual("Training ...", lines[0]);
        Assert.AreEqual("Training   10 %  loss 0.4  (4 s, about 36 s left)", lines[1]);
        Assert.AreEqual("Training  100 %  loss 0.40  (40.0 s)", lines[10]);
    }

    [TestMethod]
    public async Task WhatLiesBehindIsNeitherPrintedNorCountedInTheTimeLeft()
    {
        var clock = new ManualTime();
        var console = new PlainConsole(clock);
        await ProgressDisplay.For(console.Context).RunAsync("Training", step =>
        {
            step.StartAt(0.75);
            for (int i = 76; i <= 80; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                step.Report(i / 100.0, $"step {i}");
            }

            return Task.FromResult(0);
        });
        Assert.AreEqual("Training ...|Training   80 %  step 80  (5 s, about 20 s left)", console.Output.TrimEnd().Replace('\n', '|'));
    }

    [TestMethod]
    public async Task AWayOfUnknownLengthIsToldOfByTime()
    {
        var clock = new ManualTime();
        var console = new PlainConsole(clock);
        await ProgressDisplay.For(console.Context, TimeSpan.FromSeconds(2)).RunAsync("Scoring", step =>
        {
            for (int i = 1; i <= 50; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                step.Report(0, $"{i} rows");
            }

            return Task.FromResult(0);
        });
        Assert.AreEqual("Scoring  10 rows  (10 s)|Scoring  20 rows  (20 s)|Scoring  40 rows  (40 s)", console.Output.TrimEnd().Replace('\n', '|'));
    }

    [TestMethod]
    public async Task AShortStepLeavesNoLines()
    {
        var console = new PlainConsole(new ManualTime());
        await ProgressDisplay.For(console.Context, TimeSpan.FromSeconds(2)).RunAsync("Scoring", step =>
        {
            step.Report(1, "done");
            return Task.FromResult(0);
        });
        Assert.AreEqual("", console.Output);
    }

    [TestMethod]
    public async Task OutputHoldsNoControlCharacters()
    {
        var console = new PlainConsole();
        await ProgressDisplay.For(console.Context).RunAsync("Scoring", step =>
        {
            step.Report(1, "done");
            return Task.FromResult(0);
        });

        Assert.DoesNotContain("\x1b", console.Output);
        Assert.DoesNotContain("\r", console.Output);
    }
}
