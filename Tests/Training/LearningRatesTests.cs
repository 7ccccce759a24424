using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LearningRatesTests
{
    private const int Steps = 100;

    [TestMethod]
    public void OneCycleAndCosineAreTorchSharps()
    {
        AssertEqual(LearningRateSchedule.OneCycle, optimizer => optim.lr_scheduler.OneCycleLR(optimizer, 0.5, total_steps: Steps));
        AssertEqual(LearningRateSchedule.Cosine, optimizer => optim.lr_scheduler.CosineAnnealingLR(optimizer, Steps));
    }

    [TestMethod]
    public void StepsDivideByTenAtHalfAndAtThreeQuarters() => CollectionAssert.AreEqual(
        new[] { 1, 1, 0.1, 0.1, 0.01, 0.01 },
        new long[] { 0, 49, 50, 74, 75, 99 }.Select(step => Math.Round(LearningRates.At(LearningRateSchedule.Step, 1, step, Steps), 12)).ToArray());

    [TestMethod]
    public void TheRiseOfOneCycleCanBeChosen()
    {
        AssertEqual(LearningRateSchedule.OneCycle, optimizer => optim.lr_scheduler.OneCycleLR(optimizer, 0.5, total_steps: Steps, pct_start: 0.15), warmUp: 0.15);
        Assert.AreEqual(1, LearningRates.At(LearningRateSchedule.OneCycle, 1, 0, 20, warmUp: 0.05)); // no step to rise in
    }

    private static void AssertEqual(LearningRateSchedule schedule, Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> create, double warmUp = 0.3)
    {
        using var parameter = new Parameter(zeros(1));
        using var optimizer = optim.Adam([parameter], 0.5);
        optim.lr_scheduler.LRScheduler expected = create(optimizer);
        for (int step = 0; step < Steps; step++)
        {
            Assert.AreEqual(expected.get_last_lr().Single(), LearningRates.At(schedule, 0.5, step, Steps, warmUp), 1e-9, $"{schedule}, step {step}");
            expected.step();
        }
    }
}
