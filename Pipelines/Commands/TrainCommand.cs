using System.CommandLine;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>train</c>: an architecture of the catalogue on a data set, to a run folder.</summary>
internal sealed class TrainCommand : CliCommand
{
    private static readonly IReadOnlyList<int> UsualShape = [1, 28, 28];

    private readonly Argument<string> _architecture = new("ARCH") { Description = "Architecture, for example conv or dense-49. 'onnxae models' lists all." };

    private readonly Option<string?> _data = CliOptions.Data(
        "fashion-mnist, mnist, a folder of pictures, a table (.csv, .tsv), or a folder with four IDX files named like MNIST's. [default: the architecture's own]");

    private readonly DataOptions _dataOptions = new();
    private readonly Option<int?> _code = CliOptions.Number("--code", "Numbers of the code, for a family. [default: by the size of the rows]").RequireAtLeast(1);

    private readonly Option<string?> _output = CliOptions.WrittenRun("ARCH-DATA");
    private readonly TrainOptions _options = new();

    private readonly Option<string?> _validation = new("--validation")
    {
        Description = "Validation set: test, none, or a share of the training images that is held back. "
            + "[default: test; 0.1 with --early-stopping or --best-weights]",
        HelpName = "SET",
    };

    private readonly Option<int?> _patience = CliOptions.Number(
        "--early-stopping", "Stop after this many epochs without a lower validation loss, and keep the best epoch's weights.").RequireAtLeast(1);

    private readonly Option<bool> _keepBest = new("--best-weights") { Description = "Keep the weights of the epoch with the lowest validation loss." };

    private readonly Option<string?> _checkpoints = new("--checkpoint-every")
    {
        Description = "Checkpoint interval: steps, for example 500, or minutes, for example 10m. [default: 5m]",
        HelpName = "INTERVAL",
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a stopped run. Give the same command with this option." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Write the losses to log.csv in the run folder." };
    private readonly Option<bool> _tensorBoard = new("--tensorboard") { Description = "Write a TensorBoard event file in the run folder." };

    private readonly Option<bool> _fuse = new("--fuse") { Description = "For tables: also write table-encoder.onnx. It takes the table's columns and gives the code." };

    public TrainCommand(CliContext context)
        : base("train", "Trains an architecture, exports it and verifies the files.", "vae-2 --data mnist --epochs 2 --out runs/vae-2-mnist", context) =>
        Declare([_architecture, _data, .. _dataOptions.All(), _code, _output, .. _options.All, _validation, _patience, _keepBest, _checkpoints, _resume, _csv, _tensorBoard, _fuse]);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string name = arguments.GetRequiredValue(_architecture);
        int? code = arguments.GetValue(_code);
        bool chooses = arguments.GetValue(_patience) is not null || arguments.GetValue(_keepBest);
        Architecture usual = Find(name, UsualShape, null); // what is wrong with the options shows before data are read
        TrainingOptions settings = _options.Apply(usual, arguments);
        string dataSet = arguments.GetValue(_data) ?? (usual.DataSet.Length > 0 && ModelCatalog.BuiltIn.FindFamily(name) is null ? usual.DataSet
            : throw new UsageException($"'{usual.Name}' is for data of any kind; say with --data which, for example --data pictures/ --size 64x64 --color."));
        if (arguments.GetValue(_fuse) && !File.Exists(dataSet))
        {
            throw new UsageException($"--fuse is for tables; '{dataSet}' is no file .csv, .tsv or .txt.");
        }

        var request = new TrainRequest
        {
            Architecture = shape => Find(name, shape, code),
            Data = _dataOptions.Read(dataSet, arguments),
            OutputFolder = arguments.GetValue(_output) ?? CliOptions.UsualRun(usual.Name, dataSet),
            Options = architecture => _options.Apply(architecture, arguments),
            Validation = Validation(arguments, chooses, settings.Objective),
            Patience = arguments.GetValue(_patience),
            KeepBest = chooses,
            Checkpoints = Interval(arguments),
            Resume = arguments.GetValue(_resume),
            Csv = arguments.GetValue(_csv),
            TensorBoard = arguments.GetValue(_tensorBoard),
            Fuse = arguments.GetValue(_fuse),
            ResumeCommand = ResumeCommand(arguments),
        };
        return await new TrainRunner(Context, Context.DataSets).RunAsync(request, cancellationToken);
    }

    private static Architecture Find(string name, IReadOnlyList<int> shape, int? code)
    {
        try
        {
            return ModelCatalog.Get(name, shape, code);
        }
        catch (ArgumentException exception) when (exception.ParamName != "name" || ModelCatalog.BuiltIn.Find(name) is not null)
        {
            throw new UsageException(exception.Message.Split(" (Parameter")[0]);
        }
    }

    private ValidationChoice Validation(ParseResult arguments, bool chooses, Objective objective)
    {
        ValidationChoice choice = arguments.GetValue(_validation) is { } text ? CliOptions.Read(() => ValidationChoice.Parse(text))
            : chooses ? ValidationChoice.HeldBack
            : ValidationChoice.Test;
        if (chooses && choice.UsesTest)
        {
            throw new UsageException("A run that chooses by the test images has seen them. Hold training images back: --validation 0.1.");
        }

        return chooses && choice.Share is null && objective.WarmUpEpochs > 0
            ? throw new UsageException("The training loss grows with the weight of 'kl' in its warm-up, so that no epoch can be chosen by it. "
                + "Hold training images back: --validation 0.1.")
            : choice;
    }

    private CheckpointInterval Interval(ParseResult arguments) =>
        arguments.GetValue(_checkpoints) is { } text ? CliOptions.Read(() => CheckpointInterval.Parse(text)) : CheckpointInterval.Default;

    private string ResumeCommand(ParseResult arguments)
    {
        IEnumerable<string> words = arguments.Tokens.Select(token => token.Value).Where(word => word != _resume.Name).Append(_resume.Name);
        return "onnxae " + string.Join(' ', words.Select(word => word.All(IsPlain) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter, StringComparison.Ordinal);
}
