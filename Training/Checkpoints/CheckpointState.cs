using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxAE.Inference;
using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>All of a checkpoint that is no tensor.</summary>
internal sealed record CheckpointState
{
    /// <summary>What <see cref="Format"/> says in the files of this version.</summary>
    public const string CurrentFormat = "onnxae-checkpoint/1";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    /// <summary>The format.</summary>
    public required string Format { get; init; }

    /// <summary>The run's settings and data, by name; see <see cref="CheckpointConfiguration"/>.</summary>
    public required IReadOnlyDictionary<string, string> Configuration { get; init; }

    /// <summary>Optimizer steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch under way, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Images of it trained on; with the seed and the epoch this is the order of those to come.</summary>
    public required int ImagesDone { get; init; }

    /// <summary>Sums of the epoch's losses so far.</summary>
    public required IReadOnlyDictionary<string, double> LossSums { get; init; }

    /// <summary>Seconds spent on the run.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why the run ends, where something has already asked it to.</summary>
    public string? StopReason { get; init; }

    /// <summary>What the epochs so far came to.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>Numbers that callbacks remember, by the callback's name.</summary>
    public required IReadOnlyDictionary<string, Dictionary<string, double>> Callbacks { get; init; }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another version.</exception>
    public static CheckpointState Parse(string json)
    {
        try
        {
            CheckpointState? state = JsonSerializer.Deserialize<CheckpointState>(json, Json);
            if (state?.Format != CurrentFormat)
            {
                throw new InvalidDataException($"It has the format '{state?.Format}', expected '{CurrentFormat}'.");
            }

            // Annotations are respected in properties, not in what lists hold.
            return state.Epochs.Contains(null!) || state.Callbacks.Values.Contains(null!) ? throw new JsonException() : state;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("It does not hold what a checkpoint holds.", exception);
        }
    }

    /// <summary>Writes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>What must be the same for a run to go on as it would have: settings and images, as texts by name.</summary>
internal static class CheckpointConfiguration
{
    /// <summary>Describes a run.</summary>
    public static SortedDictionary<string, string> Of(TrainingRun run)
    {
        TrainingOptions options = run.Options;
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = DescribeNetwork(run.Model),
            ["steps in all"] = Text(run.StepCount),
            ["batch size"] = Text(options.BatchSize),
            ["optimizer"] = options.Optimizer.ToString(),
            ["learning rate"] = Text(options.LearningRate),
            ["schedule"] = DescribeSchedule(options),
            ["weight decay"] = Text(options.WeightDecay),
            ["momentum"] = Text(options.Momentum),
            ["gradient clipping"] = options.GradientClipping is { } norm ? Text(norm) : "none",
            ["seed"] = Text(options.Seed),
            ["loss"] = $"{options.Objective}",
            ["corruption"] = options.Corruption?.ToString() ?? "none",
            ["training images"] = Describe(run.Train),
            ["validation images"] = run.Validation is { } images ? Describe(images) : "none",
        };
    }

    /// <summary>Demands that a checkpoint's run was set up as this one is.</summary>
    /// <exception cref="InvalidDataException">It was not; the message names the first difference.</exception>
    public static void Require(IReadOnlyDictionary<string, string> found, TrainingRun run)
    {
        foreach ((string name, string value) in Of(run))
        {
            string before = found.GetValueOrDefault(name, "unknown");
            if (before != value)
            {
                throw new InvalidDataException(
                    $"It was saved with another setting, {name}: {before} there, {value} here. Ask for the same, or start a new run elsewhere.");
            }
        }
    }

    // As it was before the rise could be chosen, so that checkpoints from then go on.
    private static string DescribeSchedule(TrainingOptions options) =>
        options.WarmUp == new TrainingOptions().WarmUp ? $"{options.Schedule}" : $"{options.Schedule}, rising for {Text(options.WarmUp)} of the steps";

    private static string Describe(RowSet images) =>
        $"{images.Count} of {string.Join(" x ", images.Shape)}, SHA-256 {images.Hash()[..16]}, labels {Hash(MemoryMarshal.AsBytes(images.Labels.Span))[..16]}";

    // Names and types of all modules: two networks of equal weights may still differ in an activation.
    private static string DescribeNetwork(EncoderNetwork model)
    {
        IEnumerable<string> modules = model.named_modules().Select(entry => $"{entry.name}:{entry.module.GetType().Name}");
        return $"{model.GetType().Name} {Hash(Encoding.UTF8.GetBytes(string.Join('\n', modules)))[..16]}";
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
