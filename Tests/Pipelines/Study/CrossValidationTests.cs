using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CrossValidationTests
{
    private const int RowCount = 80, LabelCount = 40, ClassCount = 2;

    private static readonly StandardFeatures Features = new(Stores.Of(Rows()), null!, null!); // rows alone are looked at
    private static readonly uint[] Keys = [.. Enumerable.Range(0, RowCount).Select(row => row < LabelCount ? (uint)(row % ClassCount) + 1 : 0)];

    [TestMethod]
    public void PenaltiesGrowWithTheNumberOfFeatures()
    {
        var settings = new HeadSettings { PenaltiesPerFeature = [0.25f, 2] };
        CollectionAssert.AreEqual(new[] { 2.5f, 20 }, settings.PenaltiesFor(10).ToArray());
    }

    [TestMethod]
    public void TheCandidateOfTheLowestLossOnRowsThatItsHeadsNeverSawIsChosen()
    {
        float[] candidates = [300, 1, 0.0001f];
        var settings = new HeadSettings { Folds = 4 };
        var validation = new CrossValidation(Features, Keys, ClassCount, settings, seed: 1);
        List<RecordingTrainer> trainers = [];
        float chosen = validation.Choose(candidates, Create, threads: 1, CancellationToken.None);

        Assert.HasCount(candidates.Length * 4, trainers);
        Assert.IsTrue(trainers.All(trainer => trainer.Fits.Single().Count == LabelCount * 3 / 4), "a fold that is held was fitted to");
        var ml = new MLContext(seed: 1);
        double[] losses = [.. candidates.Select(l2 => validation.Folds.Average(held =>
        {
            IEnumerable<int> others = validation.Folds.Where(fold => fold != held).SelectMany(fold => fold);
            var head = LinearHead.Trainer(ml, l2, isWeighted: false, threads: 1).Fit(Features.Rows.View(ml, Keys, others, ClassCount));
            return ml.MulticlassClassification.Evaluate(head.Transform(Features.Rows.View(ml, Keys, held, ClassCount))).LogLoss;
        }))];
        Assert.AreEqual(candidates[Array.IndexOf(losses, losses.Min())], chosen);
        Assert.AreNotEqual(candidates[Array.IndexOf(losses, losses.Max())], chosen);

        IEstimator<ITransformer> Create(MLContext context, float l2)
        {
            trainers.Add(new RecordingTrainer(LinearHead.Trainer(context, l2, isWeighted: false, threads: 1), weightColumn: null, idColumn: "Label"));
            return trainers[^1];
        }
    }

    [TestMethod]
    public void AHeadOnSpreadLabelsDrawsAsManyRowsAsItsNumbersAllowByItsSeed()
    {
        const int Allowed = 12;
        HeadSettings settings = new() { PseudoLabeledNumbers = Allowed * Features.Dimension };
        NearestNeighbors neighbors = Features.FindNeighbors(settings.NeighborCount, new NoProgress(), "rows", CancellationToken.None);
        CollectionAssert.AreEqual(Expected(5), Weights(5));
        CollectionAssert.AreNotEqual(Weights(5), Weights(6));

        float[] Weights(int seed)
        {
            var ml = new MLContext(seed: 1);
            return Fit(ml, new SpreadingHead(HeadKind.Linear, settings).CreateTrainer(new HeadTask(ml, 1, Features.Dimension, neighbors, seed, CancellationToken.None)));
        }

        float[] Expected(int seed)
        {
            var ml = new MLContext(seed: 1);
            return Fit(ml, ml.MulticlassClassification.Trainers.LabelSpreading(
                LinearHead.Trainer(ml, 1, isWeighted: true, settings.TrainerThreads),
                new LabelSpreadingOptions { ExampleWeightColumnName = "Weight", MaximumPseudoLabeledRows = Allowed, Neighbors = neighbors, NeighborCount = neighbors.NeighborCount, Seed = seed }));
        }

        static float[] Fit(MLContext ml, IEstimator<ITransformer> trainer)
        {
            ITransformer head = trainer.Fit(Features.Rows.View(ml, Keys, rows: null, ClassCount));
            return ClassifierHead.OfLinear(((Microsoft.ML.Data.MulticlassPredictionTransformer<Microsoft.ML.Trainers.MaximumEntropyModelParameters>)head).Model).Layers[0].Weights;
        }
    }

    // Two classes that overlap a little along the first feature; the others are noise.
    private static float[][] Rows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, RowCount).Select(i => (float[])[(i % ClassCount) - 0.5f + Noise(), .. Enumerable.Range(0, 9).Select(_ => Noise())])];

        float Noise() => 2 * (random.NextSingle() - 0.5f);
    }
}
