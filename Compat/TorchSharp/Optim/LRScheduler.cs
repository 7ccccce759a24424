namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets an optimizer's learning rate: once when made, then with each <see cref="step()"/>.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer _optimizer;
                private readonly double[] _baseRates;
                private int _epoch;

                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _epoch = last_epoch;
                    _baseRates = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                }

                public virtual void step()
                {
                    _epoch++;
                    foreach (var (group, initial) in _optimizer.ParamGroups.Zip(_baseRates))
                    {
                        group.LearningRate = Next(group.LearningRate, initial, _epoch);
                    }
                }

                public IEnumerable<double> get_last_lr() => _optimizer.ParamGroups.Select(group => group.LearningRate);

                /// <param name="current">The rate until now.</param>
                /// <param name="initial">The rate that the optimizer was made with.</param>
                /// <param name="epoch">0 when the scheduler is made.</param>
                private protected abstract double Next(double current, double initial, int epoch);
            }
        }
    }
}
