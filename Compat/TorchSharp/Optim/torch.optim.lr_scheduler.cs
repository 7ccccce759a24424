using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates over time. Rates are changed relative to the current one, as in the original.</summary>
        public static partial class lr_scheduler
        {
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new RuleLR(optimizer, last_epoch, (rate, _, epoch) => epoch == 0 || epoch % step_size != 0 ? rate : rate * gamma);

            public static LRScheduler MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new RuleLR(optimizer, last_epoch, (rate, _, epoch) => milestones.Contains(epoch) ? rate * gamma : rate);

            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new RuleLR(optimizer, last_epoch, (rate, _, epoch) => epoch == 0 ? rate : rate * gamma);

            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5, int last_epoch = -1, bool verbose = false)
            {
                double rise = end_factor - start_factor;
                return new RuleLR(optimizer, last_epoch, (rate, _, epoch) => epoch switch
                {
                    0 => rate * start_factor,
                    _ when epoch > total_iters => rate,
                    _ => rate * (1 + rise / (total_iters * start_factor + (epoch - 1) * rise)),
                });
            }

            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
            {
                double Height(int epoch) => 1 + Math.Cos(Math.PI * epoch / T_max);
                return new RuleLR(optimizer, last_epoch, (rate, initial, epoch) =>
                {
                    if (epoch == 0)
                    {
                        return rate;
                    }

                    // At the bottom of a period there is nothing to be proportional to.
                    return (epoch - 1 - T_max) % (2 * T_max) == 0
                        ? rate + (initial - eta_min) * (1 - Math.Cos(Math.PI / T_max)) / 2
                        : Height(epoch) / Height(epoch - 1) * (rate - eta_min) + eta_min;
                });
            }

            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
            {
                if (three_phase)
                {
                    throw new NotSupportedException("OneCycleLR's three_phase is not part of the system stack.");
                }

                if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                {
                    throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                }

                if (total_steps <= 0 && (epochs <= 0 || steps_per_epoch <= 0))
                {
                    throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                }

                int steps = total_steps > 0 ? total_steps : epochs * steps_per_epoch;
                return new impl.OneCycleLR(
                    optimizer, max_lr, steps, pct_start, anneal_strategy, cycle_momentum ? (base_momentum, max_momentum) : null, div_factor, final_div_factor, last_epoch);
            }
        }
    }
}
