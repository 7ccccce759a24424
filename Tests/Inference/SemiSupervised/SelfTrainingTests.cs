using Microsoft.ML;
using Microsoft.ML.Trainers;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class SelfTrainingTests
{
    private const int Labeled = 10;

    private static readonly MLContext Context = new(seed: 1);
    private static readonly IDataView Train = Context.Data.LoadFromEnumerable(Moons.Make(400, seed: 1, Labeled));
    private static readonly IDataView Test = Context.Data.LoadFromEnumerable(Moons.Make(400, seed: 2, labeled: 0));

    private static MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers => Context.MulticlassClassification.Trainers;

    [TestMethod]
    [DataRow("L-BFGS")]
    [DataRow("SDCA")]
    public void It_beats_the_trainer_that_it_teaches(string trainer)
    {
        IEstimator<ITransformer> inner = trainer == "SDCA"
            ? Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }) // more of them race
            : Inner();
        double alone = Moons.Accuracy(inner.Fit(Train), Test);
        double taught = Moons.Accuracy(Trainers.SelfTraining(inner).Fit(Train), Test);
        Assert.IsGreaterThan(alone, taught);
    }

    [TestMethod]
    public void Earlier_rounds_are_disposed_but_not_what_they_share_with_the_last_one()
    {
        DisposableTrainer fresh = new(Inner());
        Trainers.SelfTraining(fresh, new SelfTrainingOptions { Rounds = 2 }).Fit(Train);
        CollectionAssert.AreEqual(new[] { true, true, false }, fresh.Made.Select(made => made.IsDisposed).ToArray());

        DisposableTrainer shared = new(Context.Transforms.CopyColumns("Copy", "Features"), isShared: true);
        Trainers.SelfTraining(shared.Append(Inner()), new SelfTrainingOptions { Rounds = 2 }).Fit(Train);
        Assert.IsFalse(shared.Made.Single().IsDisposed);
    }

    [TestMethod]
    public void Each_round_admits_more_of_each_class_and_labeled_rows_always()
    {
        RecordingTrainer inner = new(Inner(), weightColumn: null);
        Trainers.SelfTraining(inner, new SelfTrainingOptions { Rounds = 3, Threshold = 0 }).Fit(Train);
        CollectionAssert.AreEqual(new[] { 10, 140, 270, 400 }, inner.Fits.Select(f => f.Count / 10 * 10).ToArray());
        foreach (var fit in inner.Fits)
        {
            Assert.IsTrue(fit.Take(Labeled).All(l => l.Id == l.Label), "labels of the labeled rows");
        }
    }

    [TestMethod]
    public void Rows_below_the_threshold_and_beyond_the_fraction_are_not_believed()
    {
        RecordingTrainer inner = new(Inner(), weightColumn: null);
        Trainers.SelfTraining(inner, new SelfTrainingOptions { Rounds = 1, Threshold = 1 }).Fit(Train);
        Assert.IsLessThan(100, inner.Fits[^1].Count);
        Trainers.SelfTraining(inner, new SelfTrainingOptions { Rounds = 1, Threshold = 0, MaximumFraction = 0.1f }).Fit(Train);
        Assert.AreEqual(Labeled + 39, inner.Fits[^1].Count, 1);
    }

    [TestMethod]
    public void What_is_returned_is_the_inner_trainers_transformer()
        => Assert.IsInstanceOfType<Microsoft.ML.Data.MulticlassPredictionTransformer<MaximumEntropyModelParameters>>(
            Trainers.SelfTraining(Inner("Weight"), exampleWeightColumnName: "Weight").Fit(Train));

    [TestMethod]
    public void Rows_that_all_have_a_label_are_fitted_once()
    {
        RecordingTrainer inner = new(Inner(), weightColumn: null);
        Trainers.SelfTraining(inner).Fit(Context.Data.LoadFromEnumerable(Moons.Make(20, seed: 1, labeled: 20)));
        Assert.HasCount(1, inner.Fits);
    }

    [TestMethod]
    public void Options_out_of_range_are_refused_when_the_trainer_is_made()
    {
        SelfTrainingOptions[] invalid =
        [
            new() { Rounds = 0 }, new() { Threshold = 1.1f }, new() { Threshold = float.NaN }, new() { MaximumFraction = 0 }, new() { ScoreColumnName = "" },
        ];
        foreach (SelfTrainingOptions options in invalid)
        {
            Assert.Throws<ArgumentException>(() => Trainers.SelfTraining(Inner(), options), options.ToString());
        }
    }

    private static LbfgsMaximumEntropyMulticlassTrainer Inner(string? weight = null)
        => Trainers.LbfgsMaximumEntropy(exampleWeightColumnName: weight, l1Regularization: 0, l2Regularization: 0.01f);
}
