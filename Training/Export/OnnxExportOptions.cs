namespace OnnxAE.Training;

/// <summary>How a graph is written, and the names and descriptions that the file carries.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Name of the graph's input.</summary>
    public string InputName { get; init; } = OnnxNames.Pixels;

    /// <summary>Name of the graph's output.</summary>
    public string OutputName { get; init; } = OnnxNames.Reconstruction;

    /// <summary>
    /// Names that inputs and outputs get in the place of their usual ones: for networks of several files, whose names are set
    /// (<see cref="OnnxNames.Values"/>).
    /// </summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>What the input holds: floats, or indices for a network that begins with an embedding.</summary>
    public OnnxElementType InputType { get; init; } = OnnxElementType.Real;

    /// <summary>Name of the graph.</summary>
    public string GraphName { get; init; } = "model";

    /// <summary>A sentence on what the model is, the file's <c>doc_string</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether every node's <c>doc_string</c> names the module that it belongs to, and the module's type.</summary>
    public bool NodeDescriptions { get; init; }

    /// <summary>The file's <c>metadata_props</c>; written in the order of their keys, so that equal models give equal bytes.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The operator set, 13 to 21; see <see cref="OnnxVersions"/>. The file format's version follows from it.</summary>
    public int Opset { get; init; } = OnnxVersions.DefaultOpset;

    /// <summary>
    /// Axes of the input that may have any size, with the name that the file gives each. The batch alone, axis 0, if
    /// nothing else is said; empty for a graph of fixed shape. Modules that need the size of a free axis are refused.
    /// </summary>
    public IReadOnlyDictionary<int, string> DynamicAxes { get; init; } = new Dictionary<int, string> { [0] = OnnxNames.Batch };

    /// <summary>Rows a batch, where <see cref="DynamicAxes"/> doesn't leave them open.</summary>
    public long BatchSize { get; init; } = 1;

    /// <summary>Whether batch normalization is multiplied into the weights of a convolution or dense layer right before it.</summary>
    public bool FoldBatchNorm { get; init; } = true;

    /// <summary>Whether nodes that depend on no input are computed now and stored.</summary>
    public bool FoldConstants { get; init; } = true;

    /// <summary>Whether modules that do nothing outside training, such as Dropout, are left out; otherwise they are nodes that do nothing.</summary>
    public bool RemoveTrainingModules { get; init; } = true;

    /// <summary>The modules that can be written; see <see cref="OnnxModules.Register{TModule}(Func{TModule, OnnxGraph, OnnxValue, OnnxValue})"/>.</summary>
    public OnnxModules Modules { get; init; } = OnnxModules.Default;

    /// <summary>The exporting library's version, the file's <c>producer_version</c>.</summary>
    public string ProducerVersion { get; init; } = LibraryVersion;

    /// <summary>What descriptions call the first dimension.</summary>
    internal string BatchText => DynamicAxes.GetValueOrDefault(0) ?? FormattableString.Invariant($"{BatchSize}");

    /// <summary>The description that is asked for, else another.</summary>
    internal string DescriptionOr(string other) => Description.Length > 0 ? Description : other;

    /// <summary>The name that an input or output gets.</summary>
    internal string NameOf(string usual) => Renamed.GetValueOrDefault(usual, usual);

    /// <summary>The version of this library, without build details: they would make equal models differ.</summary>
    public static string LibraryVersion { get; } = typeof(OnnxExportOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>The most bytes that weights may have: protobuf's limit of 2 GiB, with a megabyte for everything else.</summary>
    internal long MaxBytes { get; init; } = int.MaxValue - (1 << 20);
}

/// <summary>The operator sets that can be written, and the version of the file format that appeared with each (ONNX, docs/Versioning.md).</summary>
public static class OnnxVersions
{
    /// <summary>The oldest operator set: the first with Softmax along one axis and axes as inputs of ReduceSum.</summary>
    public const int OldestOpset = 13;

    /// <summary>The newest.</summary>
    public const int NewestOpset = 21;

    /// <summary>What is written where nothing else is asked for: every runtime since ONNX Runtime 1.12 reads it.</summary>
    public const int DefaultOpset = 17;

    /// <summary>The version of the file format that belongs to an operator set.</summary>
    /// <param name="opset">13 to 21.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another.</exception>
    public static int IrVersion(int opset) => opset switch
    {
        13 or 14 => 7,
        >= 15 and <= 18 => 8,
        19 or 20 => 9,
        21 => 10,
        _ => throw new ArgumentOutOfRangeException(
            nameof(opset), $"The operator set {opset} can't be written; expected {OldestOpset} to {NewestOpset}."),
    };
}
