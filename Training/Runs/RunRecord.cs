using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxAE.Training;

/// <summary>What <c>run.json</c> holds: all that is needed to repeat a run, and what it came to.</summary>
public sealed record RunRecord
{
    /// <summary>What <see cref="Format"/> says in the files of this version.</summary>
    public const string CurrentFormat = "onnxae-run/1";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never part of a page
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(), new CorruptionJsonConverter(), new ObjectiveJsonConverter() },
    };

    /// <summary>The record's format.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>When the run ended.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The network.</summary>
    public required RunModel Model { get; init; }

    /// <summary>The images.</summary>
    public required RunData Data { get; init; }

    /// <summary>Every knob of the training, the seed among them.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>How it was watched; null where the weights are the last epoch's and the loss was measured on the test images or not at all.</summary>
    public ModelSelection? Selection { get; init; }

    /// <summary>The curve; null for a run without training.</summary>
    public TrainingHistory? History { get; init; }

    /// <summary>The exported files against the network.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>Figures by name, such as <c>testLoss</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Libraries in use and their versions.</summary>
    public IReadOnlyList<LibraryVersion> Libraries { get; init; } = [];

    /// <summary>SHA-256 of the run's other files by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a record.</summary>
    /// <param name="path">A <c>run.json</c>.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="JsonException">It is no record of this format.</exception>
    public static RunRecord Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            string folder = Path.GetDirectoryName(path) ?? path;
            string found = Directory.Exists(folder) ? "the folder is not a run" : File.Exists(folder) ? $"'{folder}' is a file, expected the folder of a run" : "there is no such folder";
            throw new FileNotFoundException($"There is no '{path}': {found}.", path);
        }

        RunRecord? record;
        try
        {
            record = JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(path), Json);
        }
        catch (JsonException exception)
        {
            throw new JsonException($"'{path}' is damaged, or no record of a run. ({exception.Message.TrimEnd('.')})", exception);
        }

        return record?.Format == CurrentFormat
            ? record
            : throw new JsonException($"'{path}' has the format '{record?.Format}', expected '{CurrentFormat}'.");
    }

    /// <summary>The record as it is written.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>How a run was watched, and which epoch's weights it kept.</summary>
/// <param name="Validation">What the loss was measured on after every epoch: <c>test</c>, <c>none</c>, or the share of the training images held back, such as <c>0.1</c>.</param>
/// <param name="Patience">Epochs without an improvement that would have ended it; null for none.</param>
/// <param name="BestWeights">Whether the weights of the best epoch were kept instead of the last one's.</param>
/// <param name="WeightsOfEpoch">The epoch whose weights the run folder has, counted from 1.</param>
public sealed record ModelSelection(string Validation, int? Patience, bool BestWeights, int WeightsOfEpoch);
