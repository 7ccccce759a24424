using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;
using OnnxAE.Models;
using TorchSharp;

namespace OnnxAE.Training;

/// <summary>What <c>run.json</c> holds: all that is needed to repeat a run, and what it came to.</summary>
internal sealed record RunRecord
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
        Converters =
        {
            new JsonStringEnumConverter(),
            new NotationJsonConverter<ICorruption>(CorruptionNotation.Parse),
            new NotationJsonConverter<Objective>(ObjectiveNotation.Parse),
        },
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
    /// <param name="folder">A run folder.</param>
    /// <exception cref="FileNotFoundException">It has no <c>run.json</c>.</exception>
    /// <exception cref="JsonException">It is no record of this format.</exception>
    public static RunRecord Load(string folder)
    {
        string path = Path.Combine(folder, RunFolder.RecordFile);
        if (!File.Exists(path))
        {
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
internal sealed record ModelSelection(string Validation, int? Patience, bool BestWeights, int WeightsOfEpoch);

/// <summary>The network of a run.</summary>
/// <param name="Architecture">Its id in the catalogue.</param>
/// <param name="Layers">Its widths in a line.</param>
/// <param name="InputSize">Pixels a picture.</param>
/// <param name="CodeSize">Numbers a code.</param>
/// <param name="Parameters">Numbers that training changes.</param>
/// <param name="WeightsHash">SHA-256 of the trained weights, as <see cref="ModuleWeights.Hash"/> gives it.</param>
internal sealed record RunModel(string Architecture, string Layers, int InputSize, int CodeSize, long Parameters, string WeightsHash)
{
    /// <summary>What a row is, such as [3, 32, 32].</summary>
    public IReadOnlyList<int> InputShape { get => field ?? ModelCatalog.BuiltIn.Find(Architecture)?.InputShape ?? [InputSize]; init; }

    /// <summary>The catalogue's network, or that of a family for the run's shape and code.</summary>
    /// <exception cref="ArgumentException">The catalogue lacks it.</exception>
    public Architecture Find(ModelCatalog? catalog = null)
    {
        catalog ??= ModelCatalog.BuiltIn;
        return catalog.FindFamily(Architecture)?.Create(InputShape, CodeSize) ?? catalog[Architecture];
    }

    /// <summary>Describes a network as it is now.</summary>
    /// <param name="architecture">Its row in the catalogue.</param>
    /// <param name="model">The network.</param>
    public static RunModel Describe(Architecture architecture, EncoderNetwork model) => new(
        architecture.Name, architecture.Layers, model.InputSize, model.CodeSize, ModuleWeights.Count(model), ModuleWeights.Hash(model))
    { InputShape = model.InputShape };
}

/// <summary>The images of a run.</summary>
/// <param name="Name">The data set, such as <c>fashion-mnist</c>.</param>
/// <param name="TrainImages">Images trained on.</param>
/// <param name="TestImages">Images held back.</param>
/// <param name="TrainHash">SHA-256 of the training pixels.</param>
/// <param name="TestHash">SHA-256 of the test pixels.</param>
internal sealed record RunData(string Name, int TrainImages, int TestImages, string TrainHash, string TestHash)
{
    /// <summary>
    /// Of the training images, those whose labels it learned from, with an encoder that had learned from all of them without
    /// labels; null for every other way to train.
    /// </summary>
    public int? LabeledImages { get; init; }

    /// <summary>The folder that the rows came from; null for a known data set.</summary>
    public string? Source { get; init; }

    /// <summary>Share of the rows that was set apart for the test; null where the data had a test set.</summary>
    public double? TestShare { get; init; }

    /// <summary>Which columns of a table were learned from; null for all but the label.</summary>
    public string? Columns { get; init; }

    /// <summary>The column of a table's classes; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>What the ONNX files say of how pictures were brought to one shape; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Describes a pair of sets.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="train">Images trained on.</param>
    /// <param name="test">Images held back.</param>
    public static RunData Describe(string name, RowSet train, RowSet test) => new(name, train.Count, test.Count, train.Hash(), test.Hash());
}

/// <summary>A library in use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; for libtorch, where this system can't load it, a sentence that says why.</param>
internal sealed record LibraryVersion(string Name, string Version)
{
    /// <summary>The libraries that this process computes with, .NET included.</summary>
    public static IReadOnlyList<LibraryVersion> Describe() =>
    [
        new("Microsoft.ML", VersionOf(typeof(MLContext).Assembly)),
        new("ONNX Runtime", OrtEnv.Instance().GetVersionString()),
        new("TorchSharp", VersionOf(typeof(torch).Assembly)),
        new("libtorch", Libtorch.Fault ?? torch.__version__),
        new(".NET", Environment.Version.ToString()),
    ];

    private static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}";
        return version.Split('+')[0]; // behind the + is the build's commit
    }
}
