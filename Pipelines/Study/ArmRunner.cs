using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>Fits and measures what has no result yet: features by features, so that no more than one kind of them is in memory.</summary>
internal sealed class ArmRunner(ResultCache cache, ArmSettings settings, IProgressStep step, CancellationToken cancellationToken)
{
    /// <summary>Told of every model that is fitted, while its features are in memory.</summary>
    public Action<IArm, LabelSlice, FittedModel>? OnFitted { get; init; }

    /// <summary>Leaves a result in the cache for each arm and slice that go together.</summary>
    public void Run(IReadOnlyList<IArm> arms, IReadOnlyList<LabelSlice> slices)
    {
        (IArm Arm, LabelSlice[] Slices)[] pending =
        [
            .. arms.Select(arm => (arm, slices.Where(slice => arm.WhyNot(slice) is null && cache.Find(arm, slice) is null).ToArray()))
                .Where(pair => pair.Item2.Length > 0),
        ];
        var groups = pending.GroupBy(pair => (object?)pair.Arm.Features ?? pair.Arm).ToList();
        double total = groups.Sum(group => SecondsToPrepare(group) + group.Sum(pair => pair.Slices.Sum(pair.Arm.ExpectedSeconds)));
        var meter = new WorkMeter(step, Math.Max(1, total));
        foreach (var group in groups)
        {
            var features = group.Key as FeatureSet;
            try
            {
                Prepare(features, group, meter);
                foreach (LabelSlice slice in slices)
                {
                    foreach (var (arm, _) in group.Where(pair => pair.Slices.Contains(slice)))
                    {
                        meter.Do(arm.ExpectedSeconds(slice), _ => Measure(arm, slice));
                    }
                }
            }
            finally
            {
                features?.Close();
            }
        }
    }

    private static bool NeedNeighbors(IEnumerable<(IArm Arm, LabelSlice[] Slices)> group) => group.Any(pair => pair.Arm.NeedsNeighbors);

    private double SecondsToPrepare(IGrouping<object, (IArm Arm, LabelSlice[] Slices)> group) =>
        (group.Key is FeatureSet ? settings.ExpectedFeatureSeconds : 0) + (NeedNeighbors(group) ? settings.ExpectedNeighborSeconds : 0);

    private void Prepare(FeatureSet? features, IEnumerable<(IArm Arm, LabelSlice[] Slices)> group, WorkMeter meter)
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
        if (NeedNeighbors(group))
        {
            meter.Do(settings.ExpectedNeighborSeconds, part =>
            {
                features.FindNeighbors(part, cancellationToken);
                return features.Source.Name;
            });
        }
    }

    private string Measure(IArm arm, LabelSlice slice)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double shared = arm.Features?.PenaltyFor(slice, cancellationToken).Seconds ?? 0; // the choice serves all arms on the features, and is a part of each
        long start = Stopwatch.GetTimestamp();
        using FittedModel model = arm.Fit(slice, cancellationToken);
        double seconds = shared + Stopwatch.GetElapsedTime(start).TotalSeconds;
        OnFitted?.Invoke(arm, slice, model);

        // The class is read off the scores; a column of predictions is asked for, but not looked at.
        var ml = new MLContext(slice.Seed);
        double accuracy = ml.MulticlassClassification.Evaluate(model.Transformer.Transform(arm.OpenTest(ml)), predictedLabelColumnName: "Score").MicroAccuracy;
        double preparation = (arm.Features?.FeatureSeconds ?? 0) + (arm.NeedsNeighbors ? arm.Features!.NeighborSeconds : 0);
        cache.Keep(arm, slice, new ArmOutcome(accuracy, seconds, preparation, model.Sha256, model.Chosen));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * slice.Fraction:G3} %, draw {slice.Draw + 1}: {arm.Name} {100 * accuracy:F2} %");
    }
}
