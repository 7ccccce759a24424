namespace TorchSharp.Modules;

/// <summary>A schedule that is one formula: (current rate, initial rate, epoch) to the next rate.</summary>
internal sealed class RuleLR : torch.optim.lr_scheduler.LRScheduler
{
    private readonly Func<double, double, int, double> _rule;

    public RuleLR(torch.optim.Optimizer optimizer, int last_epoch, Func<double, double, int, double> rule) : base(optimizer, last_epoch)
    {
        _rule = rule;
        step();
    }

    private protected override double Next(double current, double initial, int epoch) => _rule(current, initial, epoch);
}
