namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up to the largest rate and far down again; the momentum goes the other way (Smith, 2018).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly Optimizer _optimizer;
                    private readonly (double Low, double High) _momentum;
                    private readonly bool _cycleMomentum;
                    private readonly AnnealStrategy _strategy;
                    private readonly int _totalSteps;
                    private readonly double _lastRisingStep;
                    private readonly double _maxRate;
                    private readonly double _startRate;
                    private readonly double _endRate;

                    internal OneCycleLR(Optimizer optimizer, double max_lr, int totalSteps, double pct_start, AnnealStrategy strategy, (double, double)? momentum, double div_factor, double final_div_factor, int last_epoch)
                        : base(optimizer, last_epoch)
                    {
                        _optimizer = optimizer;
                        _cycleMomentum = momentum is not null;
                        _momentum = momentum.GetValueOrDefault();
                        _strategy = strategy;
                        _totalSteps = totalSteps;
                        _lastRisingStep = pct_start * totalSteps - 1;
                        _maxRate = max_lr;
                        _startRate = max_lr / div_factor;
                        _endRate = _startRate / final_div_factor;
                        step();
                    }

                    /// <summary>The shape of the way between two rates.</summary>
                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    private protected override double Next(double current, double initial, int epoch)
                    {
                        if (epoch > _totalSteps)
                        {
                            throw new InvalidOperationException($"Tried to step {epoch + 1} times. The specified number of total steps is {_totalSteps}");
                        }

                        if (epoch == _totalSteps)
                        {
                            // The step after the last rate that is used: the original has nothing planned there.
                            SetMomentum(0);
                            return 0;
                        }

                        bool rising = epoch <= _lastRisingStep;
                        double share = rising
                            ? epoch / _lastRisingStep
                            : (epoch - _lastRisingStep) / (_totalSteps - 1 - _lastRisingStep);
                        SetMomentum(rising ? Between(_momentum.High, _momentum.Low, share) : Between(_momentum.Low, _momentum.High, share));
                        return rising ? Between(_startRate, _maxRate, share) : Between(_maxRate, _endRate, share);
                    }

                    private double Between(double start, double end, double share) => _strategy == AnnealStrategy.Cos
                        ? end + (start - end) / 2 * (1 + Math.Cos(Math.PI * share))
                        : start + (end - start) * share;

                    private void SetMomentum(double momentum)
                    {
                        if (!_cycleMomentum)
                        {
                            return;
                        }

                        if (_optimizer is IBetas adam)
                        {
                            adam.Betas = (momentum, adam.Betas.Item2);
                        }
                        else if (_optimizer is IMomentum sgd)
                        {
                            sgd.Momentum = momentum;
                        }
                    }
                }
            }
        }
    }
}
