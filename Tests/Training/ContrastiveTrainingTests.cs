using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ContrastiveTrainingTests
{
    private static readonly RowSet Images = TinyData.Bars(50);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 4,
        BatchSize = 16, // the last batch of an epoch has 2 images
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.OneCycle,
        WarmUp = 0.15,
        Objective = ObjectiveNotation.Parse("mse(4) + nt-xent(0.2)"),
        Corruption = CorruptionNotation.Parse("affine(5, 0.1, 0, 0.1, 0.1) + gaussian(0, 0.1)"),
    };

    [TestMethod]
    public void EveryImageIsShownTwiceDamagedAnewAndComparedWithItsCleanSelf()
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(1), again = new(1);
        Tensor clean = rand(5, TinyData.PixelCount), labels = arange(5, dtype: ScalarType.Int64);
        RowViews views = RowViews.Of(clean, labels, [1, 4, 4], Options, generator);

        Assert.IsTrue(views.Target.allclose(cat([clean, clean])));
        CollectionAssert.AreEqual(new long[] { 0, 1, 2, 3, 4, 0, 1, 2, 3, 4 }, views.Labels!.data<long>().ToArray());
        Assert.IsFalse(views.Input.narrow(0, 0, 5).allclose(views.Input.narrow(0, 5, 5)));

        RowViews single = RowViews.Of(clean, null, [1, 4, 4], Options with { Objective = ObjectiveNotation.Parse("mse") }, again);
        Assert.AreSame(clean, single.Target);
        CollectionAssert.AreEqual(new long[] { 5, TinyData.PixelCount }, single.Input.shape);
    }

    [TestMethod]
    public void WhatIsComparedTeachesTheEncoder()
    {
        using LayeredAutoencoder model = Network();
        using Generator generator = new(1);
        using var scope = NewDisposeScope();
        model.Pass(rand(6, TinyData.PixelCount), generator).Projection!.square().sum().backward();
        Assert.IsTrue(model.Encoder.parameters().All(parameter => parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0));
        Assert.IsTrue(model.Decoder.parameters().All(parameter => parameter.grad is null));
    }

    [TestMethod]
    public void BothPartsOfTheLossFallAndAreValidated()
    {
        using LayeredAutoencoder model = Network();
        TrainingHistory history = new AutoencoderTrainer(Options with { Epochs = 12 }).Fit(model, Images, TinyData.Bars(32, seed: 2));
        EpochResult first = history.Epochs[0], last = history.Epochs[^1];

        foreach (string part in new[] { "mse", "nt-xent" })
        {
            Assert.IsLessThan(first.TrainParts![part], last.TrainParts![part], part);
            Assert.IsLessThan(first.ValidationParts![part], last.ValidationParts![part], part);
        }
    }

    [TestMethod]
    public void ACancelledRunGoesOnToTheSameBits()
    {
        using var folder = new TemporaryFolder();
        string checkpoint = folder["checkpoint"];
        using LayeredAutoencoder whole = Network(), part = Network(), resumed = Network(seed: 9);
        using var cancellation = new CancellationTokenSource();
        var trainer = new AutoencoderTrainer(Options);
        trainer.Fit(whole, Images, Images);
        Assert.ThrowsExactly<OperationCanceledException>(
            () => trainer.Fit(part, Images, Images, [new PeriodicCheckpoints(checkpoint, CheckpointInterval.EverySteps(3)), new AtStep(6, cancellation.Cancel)], cancellation.Token));
        trainer.Resume(checkpoint, resumed, Images, Images);

        Assert.AreEqual(ModuleWeights.Hash(whole), ModuleWeights.Hash(resumed));
    }

    [TestMethod]
    public void WithoutACorruptionThereAreNoViewsToCompare()
    {
        using LayeredAutoencoder model = Network();
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => new AutoencoderTrainer(Options with { Corruption = null }).Fit(model, Images));
        StringAssert.Contains(exception.Message, "choose a corruption");
    }

    [TestMethod]
    public void TheProjectorIsTrainedAndKeptButNotExported()
    {
        using var folder = new TemporaryFolder();
        using LayeredAutoencoder model = Network();
        Assert.IsTrue(model.state_dict().Keys.Any(name => name.StartsWith("projector.", StringComparison.Ordinal)));
        RunGraphs.Write(model, "tiny", folder.Path);
        foreach (string file in Directory.EnumerateFiles(folder.Path, "*.onnx"))
        {
            Assert.IsFalse(File.ReadAllText(file).Contains("projector", StringComparison.Ordinal), file);
        }
    }

    private static LayeredAutoencoder Network(int seed = 1)
    {
        manual_seed(seed);
        return new LayeredAutoencoder(
            map: Sequential(("dense", Linear(TinyData.PixelCount, 12)), ("activation", ReLU())),
            code: Sequential(("dense", Linear(12, 8)), ("normalization", BatchNorm1d(8))),
            decoder: Linear(8, TinyData.PixelCount),
            projector: Sequential(("dense", Linear(8, 8)), ("activation", ReLU()), ("out", Linear(8, 4))),
            inputSize: TinyData.PixelCount,
            mapSize: 12,
            codeSize: 8);
    }

    private sealed class AtStep(int step, Action action) : ITrainingCallback
    {
        public void OnSettled(TrainingRun run)
        {
            if (run.Step == step)
            {
                action();
            }
        }
    }
}
