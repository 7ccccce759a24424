using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class AutoencoderEvaluatorTests
{
    private const double SingleRounding = 1e-6;

    // A batch of 500 black images, and 20 others: a mean of the batches' means would be another number.
    private static readonly RowSet Uneven = new(new byte[500 * TinyData.PixelCount].Concat(TinyData.Bars(20).AllBytes()).ToArray(), [1, 4, 4]);

    [TestMethod]
    public void TheLossIsTheMeanOverAllImagesAsTheNetworkIsAfterTraining()
    {
        using LayeredAutoencoder model = Network();
        double found = AutoencoderEvaluator.Loss(model, Uneven, new TrainingOptions());

        using var scope = NewDisposeScope();
        model.eval();
        Tensor pixels = RowTensor.Load(Uneven, 0, Uneven.Count);
        Assert.AreEqual((model.call(pixels) - pixels).square().mean().item<float>(), found, SingleRounding);
    }

    [TestMethod]
    public void MeasuringChangesNothingOfTheNetwork()
    {
        using LayeredAutoencoder model = Network();
        string before = ModuleWeights.Hash(model);
        AutoencoderEvaluator.Loss(model, Uneven, new TrainingOptions());
        Assert.AreEqual(before, ModuleWeights.Hash(model));
        Assert.IsFalse(model.training);
    }

    [TestMethod]
    public void ValidationIsNoPartOfTheTraining()
    {
        TrainingOptions options = new() { Epochs = 3, BatchSize = 16 };
        using LayeredAutoencoder watched = Network(), unwatched = Network();
        RowSet train = TinyData.Bars(40);
        TrainingHistory history = new AutoencoderTrainer(options).Fit(watched, train, Uneven);
        new AutoencoderTrainer(options).Fit(unwatched, train);

        Assert.AreEqual(ModuleWeights.Hash(unwatched), ModuleWeights.Hash(watched));
        Assert.AreEqual(AutoencoderEvaluator.Loss(watched, Uneven, options), history.FinalValidationLoss!.Value, SingleRounding);
    }

    [TestMethod]
    public void PartsAreMeansOverAllImagesAndWarmUpsAreOver()
    {
        TrainingOptions options = new() { Objective = ObjectiveNotation.Parse("mse(2) + kl(4, 10)"), BatchSize = 16, Steps = 1 };
        using NoisyNetwork model = new();
        EpochResult epoch = new AutoencoderTrainer(options).Fit(model, TinyData.Bars(32), Uneven).Epochs.Single();
        Assert.AreEqual((2 * epoch.ValidationParts!["mse"]) + (4 * epoch.ValidationParts["kl"]), epoch.ValidationLoss!.Value, SingleRounding);
        Assert.AreEqual(2 * epoch.TrainParts!["mse"], epoch.TrainLoss, SingleRounding); // at the first step the divergence has no weight

        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        model.eval();
        Tensor pixels = RowTensor.Load(Uneven, 0, Uneven.Count);
        ObjectiveValue whole = options.Objective.Compute(model, pixels, pixels, StepContext.Evaluation(generator));
        Assert.AreEqual(whole.Parts[1].Value.item<float>(), epoch.ValidationParts["kl"], SingleRounding);
    }

    [TestMethod]
    public void TrainingAndMeasuringKnowTheCategoriesOfTheRows()
    {
        TrainingOptions options = new() { Objective = ObjectiveNotation.Parse("mixed"), BatchSize = 16, Steps = 1 };
        float[] values = new float[16 * TinyData.PixelCount]; // row i is a category whose value is i
        for (int i = 0; i < 16; i++)
        {
            values[(i * TinyData.PixelCount) + i] = 1;
        }

        RowSet rows = new RowSet(values, [TinyData.PixelCount]) { Categories = [(0, TinyData.PixelCount)] }.Slice(0, 16);
        using var scope = NewDisposeScope();
        using DenseAutoencoder model = TinyData.Autoencoder();
        double expected = functional.cross_entropy(model.call(tensor(values, [16, TinyData.PixelCount])), arange(16, dtype: ScalarType.Int64)).item<float>();
        Assert.AreEqual(expected, AutoencoderEvaluator.Loss(model, rows, options), SingleRounding);
        Assert.AreEqual(expected, new AutoencoderTrainer(options).Fit(model, rows).Epochs.Single().TrainLoss, SingleRounding);
    }

    private static LayeredAutoencoder Network()
    {
        manual_seed(1);
        var features = Sequential(("in", Linear(TinyData.PixelCount, 8)), ("norm", BatchNorm1d(8)), ("drop", Dropout(0.5)));
        var model = new LayeredAutoencoder(features, Linear(8, TinyData.CodeSize), Linear(TinyData.CodeSize, TinyData.PixelCount), TinyData.PixelCount, 8, TinyData.CodeSize);
        model.train();
        return model;
    }
}
