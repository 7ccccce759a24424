using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace OnnxAE.Training;

/// <summary>
/// The optimizer of a run: takes its steps at the scheduled learning rates, and ends a run whose loss is no longer a finite
/// number with the last weights that still gave one.
/// </summary>
internal sealed class OptimizerSteps : IDisposable
{
    private const double RMSpropAveraging = 0.9; // Hinton's and Keras's; TorchSharp's default is 0.99

    // A copy a step would cost more than it saves.
    private const int StepsBetweenCopies = 100;

    private readonly TrainingOptions _options;
    private readonly Module _network;
    private readonly long _stepCount;
    private WeightSnapshot? _lastGood;
    private long _lastGoodStep;

    /// <summary>Makes the optimizer that the options name, with its other constants at TorchSharp's defaults.</summary>
    /// <param name="options">Optimizer, learning rate, schedule, weight decay, momentum and clipping.</param>
    /// <param name="network">What is computed in a step.</param>
    /// <param name="trained">The part of it that learns.</param>
    /// <param name="stepCount">Steps of the whole run.</param>
    public OptimizerSteps(TrainingOptions options, Module network, Module trained, long stepCount)
    {
        (_options, _network, _stepCount) = (options, network, stepCount);
        IEnumerable<Parameter> parameters = trained.parameters();
        Optimizer = options.Optimizer switch
        {
            OptimizerKind.Adam => optim.Adam(parameters, options.LearningRate, weight_decay: options.WeightDecay),
            OptimizerKind.AdamW => optim.AdamW(parameters, options.LearningRate, weight_decay: options.WeightDecay),
            OptimizerKind.RMSprop => optim.RMSProp(parameters, options.LearningRate, RMSpropAveraging, weight_decay: options.WeightDecay, momentum: options.Momentum),
            OptimizerKind.Sgd => optim.SGD(parameters, options.LearningRate, momentum: options.Momentum, weight_decay: options.WeightDecay),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "Unknown optimizer."),
        };
    }

    /// <summary>The optimizer with its averages.</summary>
    public OptimizerHelper Optimizer { get; }

    /// <summary>The learning rate of a step, counted from 0.</summary>
    public double RateOf(long step) => LearningRates.At(_options.Schedule, _options.LearningRate, step, _stepCount, _options.WarmUp);

    /// <summary>Changes the weights against the loss's gradient.</summary>
    /// <param name="loss">A scalar, the mean over the batch.</param>
    /// <param name="step">Steps taken before.</param>
    /// <param name="epoch">The epoch under way, counted from 1.</param>
    /// <param name="imagesDone">Images of it trained on.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="TrainingDivergedException">It is no finite number.</exception>
    public double Take(Tensor loss, long step, int epoch, int imagesDone)
    {
        _network.zero_grad(); // drops the gradients instead of filling 10 MB with zeros, as the optimizer's own would
        loss.backward();
        double value = loss.item<float>();
        RequireFinite(value, step, epoch, imagesDone);
        if (_options.GradientClipping is { } norm)
        {
            nn.utils.clip_grad_norm_(_network.parameters(), norm);
        }

        foreach (optim.ILearningRateController group in Optimizer.ParamGroups)
        {
            group.LearningRate = RateOf(step);
        }

        Optimizer.step();
        return value;
    }

    /// <summary>Takes note of the loss of the weights as they are: before the optimizer changes them, and after an epoch.</summary>
    /// <exception cref="TrainingDivergedException">It is no finite number; weights that gave one are put back.</exception>
    public void RequireFinite(double loss, long step, int epoch, int imagesDone)
    {
        if (!double.IsFinite(loss))
        {
            _lastGood?.Restore();
            throw new TrainingDivergedException(loss, epoch, imagesDone, _options.LearningRate, _lastGood is null ? null : _lastGoodStep);
        }

        if (_lastGood is null)
        {
            _lastGood = new WeightSnapshot(_network);
            _lastGoodStep = step;
        }
        else if (step - _lastGoodStep >= StepsBetweenCopies)
        {
            _lastGood.Take();
            _lastGoodStep = step;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        _lastGood?.Dispose();
    }
}

/// <summary>Schedules as functions of the step alone: nothing to remember, so a resumed run needs no more than its step.</summary>
internal static class LearningRates
{
    // Smith and Topin (2018), with the numbers of PyTorch's OneCycleLR.
    private const double StartDivisor = 25, EndDivisor = 1e4;

    // He et al. (2015, arXiv:1512.03385) divide by ten at half and at three quarters of their CIFAR-10 runs.
    private const double FirstDrop = 0.5, SecondDrop = 0.75, DropFactor = 0.1;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="schedule">How it goes.</param>
    /// <param name="peak">The largest rate.</param>
    /// <param name="step">Counted from 0.</param>
    /// <param name="stepCount">Steps of the whole run.</param>
    /// <param name="warmUp">Share of the steps in which one cycle rises; 0.3 is PyTorch's.</param>
    public static double At(LearningRateSchedule schedule, double peak, long step, long stepCount, double warmUp = 0.3) => schedule switch
    {
        LearningRateSchedule.Constant => peak,
        LearningRateSchedule.OneCycle => OneCycle(peak, step, stepCount, warmUp),
        LearningRateSchedule.Cosine => Anneal(peak, 0, (double)step / stepCount),
        LearningRateSchedule.Step => peak
            * (step >= FirstDrop * stepCount ? DropFactor : 1)
            * (step >= SecondDrop * stepCount ? DropFactor : 1),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "Unknown schedule."),
    };

    private static double OneCycle(double peak, long step, long stepCount, double warmUp)
    {
        double start = peak / StartDivisor;
        double lastRising = (warmUp * stepCount) - 1;
        return step < lastRising
            ? Anneal(start, peak, step / lastRising)
            : Anneal(peak, start / EndDivisor, (step - lastRising) / (stepCount - 1 - lastRising));
    }

    // Half a cosine from one rate to another.
    private static double Anneal(double from, double to, double share) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}
