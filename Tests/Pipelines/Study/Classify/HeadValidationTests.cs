using OnnxAE.Inference;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class HeadValidationTests
{
    private const int ClassCount = 2;
    private const int LabelCount = 24;

    private static readonly ClassifySettings Settings = new();
    private static readonly StandardFeatures Features = new(Stores.Of(Clouds()), null!, null!); // rows alone are looked at
    private static readonly uint[] Keys = [.. Enumerable.Range(0, Features.Rows.Count).Select(row => row < LabelCount ? (uint)(row % ClassCount) + 1 : 0)];
    private static readonly NearestNeighbors Neighbors = Features.FindNeighbors(Settings.NeighborCount, new NoProgress(), "clouds", CancellationToken.None);

    [TestMethod]
    public void RowsThatAreHeldDoNotTeachTheHead()
    {
        int[] unlabeled = [.. Enumerable.Range(LabelCount, Features.Rows.Count - LabelCount)];
        ClassifierHead spread = Fitter(Neighbors).Fit(Keys, 1), held = Fitter(Neighbors).Fit(Keys, 1, unlabeled), labeledAlone = Fitter(null).Fit(Keys, 1);

        Assert.AreEqual(0, Distance(labeledAlone, held), 1e-3);
        Assert.IsGreaterThan(0.01, Distance(labeledAlone, spread));
    }

    [TestMethod]
    public void EachFoldIsPredictedAsNewImagesAre()
    {
        HeadFitter fitter = Fitter(Neighbors);
        HeadValidation validation = HeadValidation.Run(fitter, Keys, (_, _) => { }, CancellationToken.None);
        Predictions[] folds = [.. fitter.Validate(Keys).Folds.Select(held =>
            fitter.Predict(fitter.Fit([.. Keys.Select((key, row) => held.Contains(row) ? 0 : key)], validation.Setting, held), Keys, held))];
        Predictions[] transductive = [.. fitter.Validate(Keys).Folds.Select(held =>
            fitter.Predict(fitter.Fit([.. Keys.Select((key, row) => held.Contains(row) ? 0 : key)], validation.Setting), Keys, held))];

        Assert.AreEqual(Calibration.Of(folds).LogLossBefore, validation.Calibration!.LogLossBefore, 1e-9);
        Assert.AreNotEqual(Calibration.Of(transductive).LogLossBefore, validation.Calibration.LogLossBefore, 1e-9);
    }

    private static HeadFitter Fitter(NearestNeighbors? neighbors) => new(
        Features, ClassCount, neighbors is null ? new LinearHead(Settings) : new SpreadingHead(HeadKind.Linear, Settings), neighbors, Settings, seed: 1, CancellationToken.None);

    // The largest difference of a probability.
    private static double Distance(ClassifierHead one, ClassifierHead other)
    {
        int[] rows = [.. Enumerable.Range(0, LabelCount)];
        HeadFitter fitter = Fitter(null);
        return fitter.Predict(one, Keys, rows).Probabilities.Zip(fitter.Predict(other, Keys, rows).Probabilities, (a, b) => Math.Abs(a[0] - b[0])).Max();
    }

    private static float[][] Clouds()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 200).Select(i => new[] { (i % ClassCount) - 0.5f + Noise(), Noise(), Noise() })];

        float Noise() => random.NextSingle() - 0.5f;
    }
}
