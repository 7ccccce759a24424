using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
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

    private readonly ResultCache _cache = new(data, LibraryVersion.Describe(), Path.Combine(folder, Results));
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of each encoder's files, the same before the first and after the last fit.</summary>
    public IReadOnlyDictionary<string, string> EncoderHashes => _hashes;

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
            _hashes[file] = ModelHash.OfFile(file);
        }

        IReadOnlyList<IArm> arms = new ArmPlan(data, settings, Path.Combine(folder, "work")).Create(encoders, kinds, seed);
        LabelSlice[] slices = [.. fractions.SelectMany(fraction => LabelSlices.Create(data, fraction, draws, seed, Path.Combine(folder, Slices)))];
        FitAll(arms, slices, step, cancellationToken);

        if (_hashes.FirstOrDefault(file => ModelHash.OfFile(file.Key) != file.Value).Key is { } changed)
        {
            throw new InvalidOperationException($"The frozen encoder '{changed}' changed while classifiers were fitted to its features.");
        }

        return
        [
            .. slices.GroupBy(slice => slice.Fraction).Select(cell => CellResult.Of(data.Name, [.. cell], [.. arms.Select(arm => (arm, Outcomes(arm, cell)))])),
        ];
    }

    private IReadOnlyList<ArmOutcome> Outcomes(IArm arm, IEnumerable<LabelSlice> slices) =>
        [.. slices.Where(slice => arm.WhyNot(slice) is null).Select(slice => _cache.Find(arm, slice)!)];

    // Leaves a result in the cache for each arm and slice that go together: features by features, so that no more than one kind
    // of them is in memory.
    private void FitAll(IReadOnlyList<IArm> arms, IReadOnlyList<LabelSlice> slices, IProgressStep step, CancellationToken cancellationToken)
    {
        Dictionary<IArm, LabelSlice[]> due = arms.ToDictionary(
            arm => arm, arm => slices.Where(slice => arm.WhyNot(slice) is null && _cache.Find(arm, slice) is null).ToArray());
        var groups = arms.Where(arm => due[arm].Length > 0).GroupBy(arm => (object?)arm.Features ?? arm).ToList();
        var meter = new WorkMeter(step, Math.Max(1, groups.Sum(group =>
            (group.Key is FeatureSet ? settings.ExpectedFeatureSeconds : 0) + (NeedNeighbors(group) ? settings.ExpectedNeighborSeconds : 0)
            + group.Sum(arm => due[arm].Sum(arm.ExpectedSeconds)))));
        foreach (var group in groups)
        {
            var features = group.Key as FeatureSet;
            try
            {
                Prepare(features, NeedNeighbors(group), meter, cancellationToken);
                foreach (LabelSlice slice in slices)
                {
                    foreach (IArm arm in group.Where(arm => due[arm].Contains(slice)))
                    {
                        meter.Do(arm.ExpectedSeconds(slice), _ => Measure(arm, slice, cancellationToken));
                    }
                }
            }
            finally
            {
                features?.Close();
            }
        }
    }

    private static bool NeedNeighbors(IEnumerable<IArm> group) => group.Any(arm => arm.NeedsNeighbors);

    private void Prepare(FeatureSet? features, bool needNeighbors, WorkMeter meter, CancellationToken cancellationToken)
    {
        if (features is null)
        {
            return;
        }

        meter.Do(settings.ExpectedFeatureSeconds, part =>
        {
            features.Open(part, cancellationToken);
            return features.Source.Name;
        });
        if (needNeighbors)
        {
            meter.Do(settings.ExpectedNeighborSeconds, part =>
            {
                features.FindNeighbors(part, cancellationToken);
                return features.Source.Name;
            });
        }
    }

    private string Measure(IArm arm, LabelSlice slice, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double shared = arm.Features?.PenaltyFor(slice, cancellationToken).Seconds ?? 0; // the choice serves all arms on the features, and is a part of each
        long start = Stopwatch.GetTimestamp();
        using FittedModel model = arm.Fit(slice, cancellationToken);
        double seconds = shared + Stopwatch.GetElapsedTime(start).TotalSeconds;
        OnFitted?.Invoke(arm, slice, model);

        double accuracy = Evaluation.Predict(model.Transformer, arm.OpenTest(new MLContext(slice.Seed)), cancellationToken).Accuracy;
        double preparation = (arm.Features?.FeatureSeconds ?? 0) + (arm.NeedsNeighbors ? arm.Features!.NeighborSeconds : 0);
        _cache.Keep(arm, slice, new ArmOutcome(accuracy, seconds, preparation, model.Sha256, model.Chosen));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * slice.Fraction:G3} %, draw {slice.Draw + 1}: {arm.Name} {100 * accuracy:F2} %");
    }
}

/// <summary>Makes one way from 0 to 1 of many pieces of work, each as long as it is expected to take.</summary>
/// <param name="whole">Shown to the user.</param>
/// <param name="total">Expected seconds of all pieces.</param>
internal sealed class WorkMeter(IProgressStep whole, double total)
{
    private readonly IProgressStep _whole = whole;
    private readonly double _total = total;
    private double _done;

    /// <summary>Does a piece.</summary>
    /// <param name="seconds">Expected seconds.</param>
    /// <param name="work">Told where to report its own progress; returns what to show at its end.</param>
    public void Do(double seconds, Func<IProgressStep, string> work)
    {
        string status = work(new Part(this, seconds));
        _done += seconds;
        _whole.Report(_done / _total, status);
    }

    private sealed class Part(WorkMeter meter, double seconds) : IProgressStep
    {
        public void Report(double fraction, string status) => meter._whole.Report((meter._done + (fraction * seconds)) / meter._total, status);
    }
}
