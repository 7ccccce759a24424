using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class ScheduleTests
{
    private const double Tolerance = 1e-9;

    private static readonly Dictionary<string, Func<Optimizer, lr_scheduler.LRScheduler>> s_schedules = new()
    {
        ["StepLR(3,0.5)"] = o => lr_scheduler.StepLR(o, 3, 0.5),
        ["ExponentialLR(0.9)"] = o => lr_scheduler.ExponentialLR(o, 0.9),
        ["CosineAnnealingLR(10)"] = o => lr_scheduler.CosineAnnealingLR(o, 10),
        ["OneCycleLR(0.4,10)"] = o => lr_scheduler.OneCycleLR(o, 0.4, 10),
        ["LinearLR"] = o => lr_scheduler.LinearLR(o),
        ["MultiStepLR([2,5],0.1)"] = o => lr_scheduler.MultiStepLR(o, [2, 5], 0.1),
    };

    public static IEnumerable<object[]> Recorded => TorchGolden.Names("schedules");

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void TenRates_AreTheOriginals(string name)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(1));
        using var optimizer = SGD([parameter], 0.1);
        var schedule = s_schedules[name](optimizer);

        foreach (var expected in TorchGolden.Read("schedules").GetProperty(name).EnumerateArray())
        {
            Assert.AreEqual(expected.GetDouble(), optimizer.ParamGroups.First().LearningRate, Tolerance);
            parameter.sum().backward();
            optimizer.step();
            schedule.step();
        }
    }
}
