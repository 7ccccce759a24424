namespace OnnxAE.Training;

/// <summary>Names and descriptions that an exported file carries.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Name of the graph's input.</summary>
    public string InputName { get; init; } = OnnxNames.Pixels;

    /// <summary>Name of the graph's output.</summary>
    public string OutputName { get; init; } = OnnxNames.Reconstruction;

    /// <summary>Name of the graph.</summary>
    public string GraphName { get; init; } = "model";

    /// <summary>A sentence on what the model is, shown by viewers.</summary>
    public string Description { get; init; } = "";

    /// <summary>The file's <c>metadata_props</c>; written in the order of their keys, so that equal models give equal bytes.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The exporting library's version, the file's <c>producer_version</c>.</summary>
    public string ProducerVersion { get; init; } = LibraryVersion;

    /// <summary>The version of this library, without build details: they would make equal models differ.</summary>
    public static string LibraryVersion { get; } = typeof(OnnxExportOptions).Assembly.GetName().Version!.ToString(3);
}
