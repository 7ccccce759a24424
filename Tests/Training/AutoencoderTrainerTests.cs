using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp;

namespace OnnxAE.Tests;

[TestClass]
public sealed class AutoencoderTrainerTests
{
    private static readonly RowSet Train = TinyData.Bars(100);
    private static readonly RowSet Validation = TinyData.Bars(30, seed: 2);

    private static readonly TrainingOptions Options = new() { Epochs = 6, BatchSize = 16, LearningRate = 0.01, Corruption = new GaussianNoise(0, 0.2) };

    [TestMethod]
    public void TrainingLowersBothLosses()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        TrainingHistory history = new AutoencoderTrainer(Options).Fit(model, Train, Validation);

        Assert.HasCount(6, history.Epochs);
        Assert.IsLessThan(history.Epochs[0].TrainLoss / 2, history.FinalTrainLoss);
        Assert.IsLessThan(history.Epochs[0].ValidationLoss!.Value / 2, history.FinalValidationLoss!.Value);
        Assert.IsFalse(model.training);
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameCurveBitForBitAndAnotherSeedAnother()
    {
        double[] first = Curve(Options);
        double[] second = Curve(Options);
        double[] other = Curve(Options with { Seed = 2 });

        CollectionAssert.AreEqual(first, second);
        CollectionAssert.AreNotEqual(first, other);

        static double[] Curve(TrainingOptions options)
        {
            using DenseAutoencoder model = TinyData.Autoencoder();
            TrainingHistory history = new AutoencoderTrainer(options).Fit(model, Train, Validation);
            return [.. history.Epochs.SelectMany(e => new[] { e.TrainLoss, e.ValidationLoss!.Value })];
        }
    }

    [TestMethod]
    public void EpochsSeeTheImagesInDifferentOrders()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        var batches = new BatchLosses();
        // With a step this small the weights hardly change, so equal orders would give nearly equal batch losses.
        new AutoencoderTrainer(Options with { Epochs = 2, LearningRate = 1e-12, Corruption = null }).Fit(model, Train, callbacks: [batches]);

        double[][] epochs = [.. batches.Losses.Chunk(batches.Losses.Count / 2)];
        Assert.IsGreaterThan(1e-5, epochs[0].Zip(epochs[1], (a, b) => Math.Abs(a - b)).Max());
        Assert.AreEqual(100, batches.LastImagesDone);
    }

    [TestMethod]
    public void TheLossOfAnEpochIsTheMeanOverItsImagesAndNoneOfTheEpochBefore()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        var batches = new BatchLosses();
        TrainingHistory history = new AutoencoderTrainer(Options with { Epochs = 2, LearningRate = 0.1 }).Fit(model, TinyData.Bars(20), callbacks: [batches]);

        Assert.HasCount(4, batches.Losses); // batches of 16 and of 4
        for (int epoch = 0; epoch < 2; epoch++)
        {
            Assert.AreEqual(((16 * batches.Losses[2 * epoch]) + (4 * batches.Losses[(2 * epoch) + 1])) / 20, history.Epochs[epoch].TrainLoss, 1e-9);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void EveryStepFindsTheNetworkInTrainingMode(bool validates)
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        model.eval();
        List<bool> modes = [];
        new AutoencoderTrainer(Options).Fit(model, Train, validates ? Validation : null, [new BatchLosses { AfterBatch = _ => modes.Add(model.training) }]);
        Assert.HasCount(6 * 7, modes);
        CollectionAssert.DoesNotContain(modes, false);
    }

    [TestMethod]
    public void CancellingEndsTheRunAtTheNextBatch()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var cancellation = new CancellationTokenSource();
        var batches = new BatchLosses { AfterBatch = count => { if (count == 3) { cancellation.Cancel(); } } };

        Assert.ThrowsExactly<OperationCanceledException>(
            () => new AutoencoderTrainer(Options).Fit(model, Train, null, [batches], cancellation.Token));
        Assert.HasCount(3, batches.Losses);
    }

    [TestMethod]
    public void ASingleImageThatWouldBeLeftGoesWithTheBatchBefore()
    {
        using NoisyNetwork model = new(); // of one image batch norm gets no variance: an exception, or NaN
        var batches = new BatchLosses();
        new AutoencoderTrainer(Options with { Epochs = 2 }).Fit(model, TinyData.Bars(33), callbacks: [batches]);

        Assert.HasCount(4, batches.Losses);
        Assert.AreEqual(33, batches.LastImagesDone);
        Assert.IsTrue(double.IsFinite(AutoencoderEvaluator.Loss(model, Train, Options)));
    }

    [TestMethod]
    public void ACallbackCanEndTheRunAfterAnEpoch()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        TrainingHistory history = new AutoencoderTrainer(Options).Fit(model, Train, callbacks: [new StopAfter(2)]);
        Assert.HasCount(2, history.Epochs);
        Assert.AreEqual("enough", history.StopReason);
        Assert.IsNull(history.FinalValidationLoss);
    }

    [TestMethod]
    public void AThousandStepsLeaveNoTensorBehind()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        List<long> live = [];
        var counter = new BatchLosses { AfterBatch = _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount) };
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        new AutoencoderTrainer(Options with { Epochs = 143 }).Fit(model, Train, Validation, [counter]); // 7 steps each

        Assert.HasCount(1001, live);
        Assert.AreEqual(live[1], live.Max()); // from the first step on the optimizer has its moments
        Assert.AreEqual(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [TestMethod]
    public void ImagesOfAnotherSizeAreRefused()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        var wrong = new RowSet(new byte[18], [1, 3, 3]);
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new AutoencoderTrainer(Options).Fit(model, wrong));
        StringAssert.Contains(exception.Message, "2 rows of 3 x 3 pixels given, but the model takes 16 numbers");

        // As many pixels in other lines would be another picture.
        using EncoderNetwork fixedShape = ModelCatalog.Get("conv-49").CreateNetwork(1);
        Assert.Contains(
            "1 rows of 56 x 14 pixels given, but the model takes 28 x 28 pixels",
            Assert.ThrowsExactly<ArgumentException>(() => new AutoencoderTrainer(Options).Fit(fixedShape, new RowSet(new byte[784], [1, 14, 56]))).Message);
    }

    private sealed class BatchLosses : ITrainingCallback
    {
        public List<double> Losses { get; } = [];

        public Action<int> AfterBatch { get; init; } = _ => { };

        public int LastImagesDone { get; private set; }

        public void OnBatchCompleted(in TrainingProgress progress)
        {
            Losses.Add(progress.BatchLoss);
            LastImagesDone = progress.ImagesDone;
            AfterBatch(Losses.Count);
        }
    }

    private sealed class StopAfter(int epochs) : ITrainingCallback
    {
        private TrainingRun? _run;

        public void OnTrainingStarted(TrainingRun run) => _run = run;

        public void OnEpochCompleted(EpochResult epoch)
        {
            if (epoch.Epoch == epochs)
            {
                _run!.Stop("enough");
            }
        }
    }
}
