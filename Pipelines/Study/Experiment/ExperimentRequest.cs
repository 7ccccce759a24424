
namespace OnnxAE.Pipelines;

/// <summary>What the command line asks of an experiment.</summary>
/// <param name="DataSets">Known data sets, or folders with IDX files.</param>
/// <param name="Fractions">Shares of the labels, each above 0 and at most 1.</param>
/// <param name="Draws">Draws of the labels for each share.</param>
/// <param name="Arms">The kinds of arms.</param>
/// <param name="Encoders">The encoders; none for the data sets' own.</param>
/// <param name="Seed">Seed of the first draw and of the encoders that are trained here.</param>
/// <param name="OutputFolder">Where slices, results, encoders and the report go.</param>
internal sealed record ExperimentRequest(
    IReadOnlyList<string> DataSets,
    IReadOnlyList<double> Fractions,
    int Draws,
    IReadOnlyCollection<ArmKind> Arms,
    IReadOnlyList<EncoderSpec> Encoders,
    int Seed,
    string OutputFolder)
{
    /// <summary>Whether there is an arm that stands on an encoder, or has its layers.</summary>
    public bool NeedsEncoders => Arms.Any(kind => kind is not (ArmKind.Raw or ArmKind.Pca));
}
