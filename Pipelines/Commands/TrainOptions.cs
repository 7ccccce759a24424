using System.CommandLine;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>The options of <c>train</c> that set the trainer; each left away stays at what the catalogue's row says.</summary>
internal sealed class TrainOptions
{
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Epochs: passes over the training images. [default: the architecture's own]", HelpName = "N" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Optimizer steps, instead of --epochs.", HelpName = "N" };
    private readonly Option<int?> _batch = new("--batch") { Description = "Images a step. [default: the architecture's own]", HelpName = "N" };
    private readonly Option<double?> _rate = new("--lr") { Description = "Learning rate. With a schedule: the largest one. [default: the architecture's own]", HelpName = "X" };
    private readonly Option<OptimizerKind?> _optimizer = NamedChoice.Option<OptimizerKind>("--optimizer", "Optimizer. [default: the architecture's own]");
    private readonly Option<LearningRateSchedule?> _schedule = NamedChoice.Option<LearningRateSchedule>("--schedule", "Learning-rate schedule. [default: the architecture's own]");
    private readonly Option<double?> _warmUp = new("--warm-up") { Description = "Share of the steps in which the one-cycle schedule rises, for example 0.15. [default: the architecture's own]", HelpName = "X" };
    private readonly Option<double?> _weightDecay = new("--weight-decay") { Description = "Weight decay. [default: the architecture's own]", HelpName = "X" };
    private readonly Option<double?> _momentum = new("--momentum") { Description = "Momentum of sgd and rmsprop, below 1. [default: 0]", HelpName = "X" };
    private readonly Option<double?> _clip = new("--clip") { Description = "Largest norm of the gradients. Larger ones are scaled down. [default: none]", HelpName = "X" };
    private readonly Option<string?> _loss = new("--loss") { Description = "Loss, for example 'bce' or 'bce(784) + kl'; 'mixed' for tables with categories. [default: the architecture's own]", HelpName = "LOSS" };
    private readonly Option<string?> _penalty = new("--penalty") { Description = "Penalty added to the loss instead of the architecture's own, for example 'l1(1e-5)'.", HelpName = "PENALTY" };
    private readonly Option<string?> _corruption = new("--corruption") { Description = "Noise and deformation added to the input, for example 'gaussian(0, 0.5)'. none trains on clean images. [default: the architecture's own]", HelpName = "NOISE" };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of all random numbers. The same seed gives the same weights, to the bit.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_epochs, _steps, _batch, _rate, _optimizer, _schedule, _warmUp, _weightDecay, _momentum, _clip, _loss, _penalty, _corruption, _seed];

    /// <summary>Checks what can be checked number by number.</summary>
    public TrainOptions()
    {
        _epochs.RequireAtLeast(1);
        _steps.RequireAtLeast(1);
        _batch.RequireAtLeast(1);
        _seed.RequireAtLeast(0);
    }

    /// <summary>The row's settings with those that were given in their place.</summary>
    /// <exception cref="UsageException">Two of them contradict each other, or one is no such thing.</exception>
    public TrainingOptions Apply(Architecture architecture, ParseResult arguments)
    {
        if (arguments.GetValue(_epochs) is not null && arguments.GetValue(_steps) is not null)
        {
            throw new UsageException("--epochs and --steps both say how long to train; give one of them.");
        }

        TrainingOptions row = TrainingOptions.For(architecture, arguments.GetValue(_seed));
        try
        {
            TrainingOptions options = row with
            {
                Epochs = arguments.GetValue(_epochs) ?? row.Epochs,
                Steps = arguments.GetValue(_epochs) is null ? arguments.GetValue(_steps) ?? row.Steps : null,
                BatchSize = arguments.GetValue(_batch) ?? row.BatchSize,
                LearningRate = arguments.GetValue(_rate) ?? row.LearningRate,
                Optimizer = arguments.GetValue(_optimizer) ?? row.Optimizer,
                Schedule = arguments.GetValue(_schedule) ?? row.Schedule,
                WarmUp = arguments.GetValue(_warmUp) ?? row.WarmUp,
                WeightDecay = arguments.GetValue(_weightDecay) ?? row.WeightDecay,
                Momentum = arguments.GetValue(_momentum) ?? row.Momentum,
                GradientClipping = arguments.GetValue(_clip) ?? row.GradientClipping,
                Objective = Objective(row.Objective, arguments.GetValue(_loss), arguments.GetValue(_penalty)),
                Corruption = arguments.GetValue(_corruption) is { } noise ? CorruptionNotation.Parse(noise) : row.Corruption,
            };
            options.Validate();
            RequireUse(options, arguments);
            return options;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new UsageException(exception.Message.Split(" (Parameter")[0]); // .NET's addition, which is the program's business
        }
    }

    // What would change nothing was meant otherwise.
    private void RequireUse(TrainingOptions options, ParseResult arguments)
    {
        if (arguments.GetValue(_momentum) is not null && options.Optimizer is (OptimizerKind.Adam or OptimizerKind.AdamW))
        {
            throw new UsageException("--momentum goes with --optimizer sgd or rmsprop; Adam has its own.");
        }

        if (arguments.GetValue(_warmUp) is not null && options.Schedule != LearningRateSchedule.OneCycle)
        {
            throw new UsageException("--warm-up goes with --schedule one-cycle.");
        }
    }

    private static Objective Objective(Objective row, string? loss, string? penalty)
    {
        if (penalty is null)
        {
            return loss is null ? row : ObjectiveNotation.Parse(loss);
        }

        string error = loss ?? $"{row.Terms.First(term => term.IsError)}";
        return ObjectiveNotation.Parse($"{error} + {penalty}");
    }
}
