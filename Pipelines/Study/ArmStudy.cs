using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Measures arms on draws of a data set's labels, and sees that the encoders stay what they are.</summary>
/// <param name="data">The images.</param>
/// <param name="settings">The arms' knobs.</param>
/// <param name="folder">Where slices and results go; what is there already is not computed again.</param>
internal sealed class ArmStudy(LabeledImages data, ArmSettings settings, string folder)
{
    /// <summary>Folder names.</summary>
    public const string Slices = "slices", Results = "results";

    private readonly SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of each encoder's files, the same before the first and after the last fit.</summary>
    public IReadOnlyDictionary<string, string> EncoderHashes => hashes;

    /// <summary>Told of every model that is fitted, while its features are in memory.</summary>
    public Action<IArm, LabelSlice, FittedModel>? OnFitted { get; init; }

    /// <summary>Runs all arms on all draws of all shares, or what is left of them.</summary>
    /// <returns>A table for each share.</returns>
    /// <exception cref="InvalidOperationException">A frozen encoder's file changed.</exception>
    public IReadOnlyList<CellResult> Run(
        IReadOnlyList<FrozenEncoder> encoders,
        IReadOnlyCollection<ArmKind> kinds,
        IEnumerable<double> fractions,
        int draws,
        int seed,
        IProgressStep step,
        CancellationToken cancellationToken)
    {
        foreach (string file in encoders.SelectMany(encoder => new[] { encoder.CodeFile, encoder.MapFile }).OfType<string>())
        {
            hashes[file] = ModelHash.OfFile(file);
        }

        IReadOnlyList<IArm> arms = new ArmPlan(data, settings, PathOf("work")).Create(encoders, kinds, seed);
        LabelSlice[] slices = [.. fractions.SelectMany(fraction => LabelSlices.Create(data, fraction, draws, seed, PathOf(Slices)))];
        var cache = new ResultCache(data, LibraryVersion.Describe(), PathOf(Results));
        new ArmRunner(cache, settings, step, cancellationToken) { OnFitted = OnFitted }.Run(arms, slices);

        if (hashes.FirstOrDefault(file => ModelHash.OfFile(file.Key) != file.Value).Key is { } changed)
        {
            throw new InvalidOperationException($"The frozen encoder '{changed}' changed while classifiers were fitted to its features.");
        }

        return
        [
            .. slices.GroupBy(slice => slice.Fraction).Select(cell => CellResult.Of(
                data.Name,
                [.. cell],
                [.. arms.Select(arm => (arm, (IReadOnlyList<ArmOutcome>)[.. cell.Where(slice => arm.WhyNot(slice) is null).Select(slice => cache.Find(arm, slice)!)]))])),
        ];
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
