using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

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
