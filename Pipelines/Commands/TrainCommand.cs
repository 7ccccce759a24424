using System.CommandLine;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>train</c>: an architecture of the catalogue on a data set, to a run folder.</summary>
internal sealed class TrainCommand : CliCommand
{
    private readonly Argument<string> architecture = new("ARCH") { Description = "Architecture, for example dense-49. 'onnxae models' lists all." };

    private readonly Option<string?> data = DataSetOption.Of(
        "fashion-mnist, mnist, or a folder with four IDX files named as theirs. [default: the architecture's own]");

    private readonly Option<string?> output = new("--out") { Description = "Run folder to write; it must not exist. [default: runs/ARCH-DATA]", HelpName = "RUN" };

    private readonly TrainOptions options = new();

    private readonly Option<string?> validation = new("--validation")
    {
        Description = "Validation set: test, none, or a share of the training images that is held back. [default: test; 0.1 with --early-stopping or --best-weights]",
        HelpName = "SET",
    };

    private readonly Option<int?> patience = new("--early-stopping")
    {
        Description = "Stop after this many epochs without a lower validation loss, and keep the best epoch's weights.",
        HelpName = "N",
    };

    private readonly Option<bool> keepBest = new("--best-weights") { Description = "Keep the weights of the epoch with the lowest validation loss." };

    private readonly Option<string?> checkpoints = new("--checkpoint-every")
    {
        Description = "Checkpoint interval: steps, for example 500, or minutes, for example 10m. [default: 5m]",
        HelpName = "INTERVAL",
    };

    private readonly Option<bool> resume = new("--resume") { Description = "Go on with a stopped run. Give the same command with this option." };
    private readonly Option<bool> csv = new("--csv") { Description = "Write the losses to log.csv in the run folder." };
    private readonly Option<bool> tensorBoard = new("--tensorboard") { Description = "Write a TensorBoard event file in the run folder." };

    /// <summary>Declares what the command takes.</summary>
    public TrainCommand(CliContext context)
        : base("train", "Trains an architecture, exports it to ONNX and verifies the files.", context)
    {
        patience.RequireAtLeast(1);
        Add(architecture);
        foreach (Option option in (IEnumerable<Option>)[data, output, .. options.All, validation, patience, keepBest, checkpoints, resume, csv, tensorBoard])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Architecture row = ModelCatalog.Get(arguments.GetRequiredValue(architecture));
        string dataSet = arguments.GetValue(data) ?? row.DataSet;
        bool chooses = arguments.GetValue(patience) is not null || arguments.GetValue(keepBest);
        TrainingOptions settings = options.Apply(row, arguments);
        var request = new TrainRequest
        {
            Architecture = row,
            DataSet = dataSet,
            OutputFolder = arguments.GetValue(output) ?? Path.Combine("runs", $"{row.Name}-{Path.GetFileName(Path.TrimEndingDirectorySeparator(dataSet))}"),
            Options = settings,
            Validation = Validation(arguments, chooses, settings.Objective),
            Patience = arguments.GetValue(patience),
            KeepBest = chooses,
            Checkpoints = Interval(arguments),
            Resume = arguments.GetValue(resume),
            Csv = arguments.GetValue(csv),
            TensorBoard = arguments.GetValue(tensorBoard),
            ResumeCommand = ResumeCommand(arguments),
        };
        return await new TrainRunner(Context, Context.DataSets).RunAsync(request, cancellationToken);
    }

    private ValidationChoice Validation(ParseResult arguments, bool chooses, Objective objective)
    {
        try
        {
            ValidationChoice choice = arguments.GetValue(validation) is { } text ? ValidationChoice.Parse(text)
                : chooses ? ValidationChoice.HeldBack
                : ValidationChoice.Test;
            if (chooses && choice.UsesTest)
            {
                throw new UsageException("A run that chooses by the test images has seen them. Hold training images back: --validation 0.1.");
            }

            return chooses && choice.Share is null && objective.WarmUpEpochs > 0
                ? throw new UsageException("The training loss grows with the weight of 'kl' in its warm-up, so that no epoch can be chosen by it. Hold training images back: --validation 0.1.")
                : choice;
        }
        catch (FormatException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private CheckpointInterval Interval(ParseResult arguments)
    {
        try
        {
            return arguments.GetValue(checkpoints) is { } text ? CheckpointInterval.Parse(text) : CheckpointInterval.Default;
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--checkpoint-every: {exception.Message}");
        }
    }

    private string ResumeCommand(ParseResult arguments)
    {
        IEnumerable<string> words = arguments.Tokens.Select(token => token.Value).Where(word => word != resume.Name).Append(resume.Name);
        return "onnxae " + string.Join(' ', words.Select(word => word.All(IsPlain) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter, StringComparison.Ordinal);
}
