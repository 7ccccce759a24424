using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ClassifierTrainerTests
{
    private static readonly RowSet Images = TinyData.Bars(80);
    private static readonly long[] Rows = [.. Enumerable.Range(0, 40).Select(i => (long)i)];
    private static readonly ClassifierOptions Options = new() { Epochs = 40, BatchSize = 16, LearningRate = 0.02 };

    [TestMethod]
    public void TheSameNetworkFromScratchLearnsItsRowsAndTellsOthersApart()
    {
        using EncoderClassifier classifier = Classifier();
        TrainingHistory history = new ClassifierTrainer(Options).Fit(classifier, Images, Rows);

        Assert.IsLessThan(0.1, history.FinalTrainLoss);
        Assert.IsGreaterThan(0.9, Accuracy(classifier, start: 40)); // rows that it never saw
    }

    [TestMethod]
    public void AFrozenEncoderKeepsEveryBitAndTheOutputLayerLearns()
    {
        using EncoderClassifier classifier = Classifier();
        string encoder = ModuleWeights.Hash(classifier.Encoder);
        string output = ModuleWeights.Hash(classifier.Output);
        TrainingHistory history = new ClassifierTrainer(Options with { FreezeEncoder = true }).Fit(classifier, Images, Rows);

        Assert.AreEqual(encoder, ModuleWeights.Hash(classifier.Encoder));
        Assert.AreNotEqual(output, ModuleWeights.Hash(classifier.Output));
        Assert.IsLessThan(history.Epochs[0].TrainLoss, history.FinalTrainLoss);
    }

    [TestMethod]
    public void AFrozenEncodersStatisticsStayAndItsDropoutIsOff()
    {
        manual_seed(1);
        var encoder = nn.Sequential(("dense", nn.Linear(TinyData.PixelCount, TinyData.CodeSize)), ("norm", nn.BatchNorm1d(TinyData.CodeSize)), ("drop", nn.Dropout(0.5)));
        using EncoderClassifier classifier = new(encoder, TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
        string before = ModuleWeights.Hash(encoder);
        classifier.eval();
        using var scope = NewDisposeScope();
        Tensor labels = tensor(Rows.Select(row => (long)Images.Labels.Span[(int)row]).ToArray());
        double loss = nn.functional.cross_entropy(classifier.call(RowTensor.Load(Images, Rows)), labels).item<float>();
        TrainingHistory history = new ClassifierTrainer(Options with { FreezeEncoder = true, Epochs = 1, LearningRate = 1e-12 }).Fit(classifier, Images, Rows);

        Assert.AreEqual(before, ModuleWeights.Hash(encoder));
        Assert.AreEqual(loss, history.FinalTrainLoss, 1e-5);
    }

    [TestMethod]
    public void TheScheduleDecidesTheRateOfEveryStep()
    {
        // Two steps of one cycle: the second has a rate of next to nothing, and AdamW's first step is its rate.
        using var scope = NewDisposeScope();
        using EncoderClassifier before = Classifier(outputSeed: 1), after = Classifier(outputSeed: 1);
        new ClassifierTrainer(Options with { Steps = 2, LearningRate = 1e-3, Schedule = LearningRateSchedule.OneCycle }).Fit(after, Images, Rows);
        double change = before.parameters().Zip(after.parameters(), (a, b) => (a - b).abs().max().item<float>()).Max();
        Assert.AreEqual(LearningRates.At(LearningRateSchedule.OneCycle, 1e-3, 0, 2), change, 1e-6);
    }

    [TestMethod]
    public void FineTuningChangesTheEncoder()
    {
        using EncoderClassifier classifier = Classifier();
        string encoder = ModuleWeights.Hash(classifier.Encoder);
        new ClassifierTrainer(Options with { Epochs = 1 }).Fit(classifier, Images, Rows);
        Assert.AreNotEqual(encoder, ModuleWeights.Hash(classifier.Encoder));
    }

    [TestMethod]
    public void PixelsOfAViewAndRowsOfASetTrainAlike()
    {
        using EncoderClassifier fromRows = Classifier();
        using EncoderClassifier fromPixels = Classifier();
        float[] pixels = [.. Rows.SelectMany(row => Images.ToArray((int)row))];
        long[] labels = [.. Rows.Select(row => (long)Images.Labels.Span[(int)row])];
        new ClassifierTrainer(Options).Fit(fromRows, Images, Rows);
        new ClassifierTrainer(Options).Fit(fromPixels, pixels, labels);

        Assert.AreEqual(ModuleWeights.Hash(fromRows), ModuleWeights.Hash(fromPixels));
    }

    [TestMethod]
    public void StepsEndTrainingInTheMiddleOfAnEpoch()
    {
        using EncoderClassifier classifier = Classifier();
        TrainingHistory history = new ClassifierTrainer(Options with { Steps = 4, Schedule = LearningRateSchedule.OneCycle, WeightDecay = 1e-4 }).Fit(classifier, Images, Rows);
        Assert.HasCount(2, history.Epochs); // 3 steps for 40 images, and one more
    }

    [TestMethod]
    public void WeightDecayTakesItsShareOfEachWeight()
    {
        using var scope = NewDisposeScope();
        ClassifierOptions options = Options with { Steps = 1, LearningRate = 0.01 };
        Tensor added = Trained(options with { WeightDecay = 0.5 }) - Trained(options);
        using EncoderClassifier first = Classifier(outputSeed: 1);
        Assert.IsTrue(added.allclose(Weights(first) * (-0.01 * 0.5), atol: 1e-6));

        static Tensor Trained(ClassifierOptions options)
        {
            using EncoderClassifier classifier = Classifier(outputSeed: 1);
            new ClassifierTrainer(options).Fit(classifier, Images, Rows);
            return Weights(classifier);
        }

        static Tensor Weights(EncoderClassifier classifier) => cat([.. classifier.parameters().Select(parameter => parameter.detach().flatten())]);
    }

    [TestMethod]
    public void TheLossOfAnEpochIsTheMeanOverItsImages()
    {
        using EncoderClassifier classifier = Classifier();
        // With a step this small the weights hardly change; 40 images are two batches of 16 and one of 8.
        TrainingHistory history = new ClassifierTrainer(Options with { Epochs = 1, LearningRate = 1e-12 }).Fit(classifier, Images, Rows);

        using var scope = NewDisposeScope();
        Tensor labels = tensor(Rows.Select(row => (long)Images.Labels.Span[(int)row]).ToArray());
        Assert.AreEqual(nn.functional.cross_entropy(classifier.call(RowTensor.Load(Images, Rows)), labels).item<float>(), history.FinalTrainLoss, 1e-5);
    }

    [TestMethod]
    public void ASingleImageThatWouldBeLeftGoesWithTheBatchBefore()
    {
        using EncoderClassifier classifier = new(nn.BatchNorm1d(TinyData.PixelCount), TinyData.PixelCount, TinyData.PixelCount, classCount: 4);
        new ClassifierTrainer(Options with { Epochs = 1 }).Fit(classifier, Images, Rows[..33]); // batch norm refuses a batch of one
    }

    [TestMethod]
    public void CorruptionChangesWhatIsLearnedAndTheSeedDecidesIt()
    {
        Assert.AreEqual(Learn(new GaussianNoise(0, 0.3)), Learn(new GaussianNoise(0, 0.3)));
        Assert.AreNotEqual(Learn(null), Learn(new GaussianNoise(0, 0.3)));

        static string Learn(ICorruption? corruption)
        {
            using EncoderClassifier classifier = Classifier();
            new ClassifierTrainer(Options with { Epochs = 2, Corruption = corruption }).Fit(classifier, Images, Rows);
            return ModuleWeights.Hash(classifier);
        }
    }

    [TestMethod]
    public void ALabelThatIsNoClassIsRefused()
    {
        using EncoderClassifier classifier = Classifier();
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => new ClassifierTrainer(Options).Fit(classifier, new float[32], [0, 4]));
        StringAssert.Contains(exception.Message, "Found the label 4; the classifier tells classes 0 to 3 apart.");
    }

    [TestMethod]
    public void ATrainingThatDivergesPutsBackTheLastWeightsWithALoss()
    {
        using EncoderClassifier classifier = Classifier();
        string before = ModuleWeights.Hash(classifier);
        TrainingDivergedException exception = Assert.ThrowsExactly<TrainingDivergedException>(
            () => new ClassifierTrainer(Options with { LearningRate = 1e30 }).Fit(classifier, Images, Rows));
        Assert.AreEqual(0, exception.LastGoodStep);
        Assert.AreEqual(before, ModuleWeights.Hash(classifier));
    }

    [TestMethod]
    public void CancellingEndsTheRun()
    {
        using EncoderClassifier classifier = Classifier();
        Assert.ThrowsExactly<OperationCanceledException>(
            () => new ClassifierTrainer(Options).Fit(classifier, Images, Rows, new CancellationToken(canceled: true)));
    }

    private static EncoderClassifier Classifier(long? outputSeed = null)
    {
        DenseAutoencoder pretrained = TinyData.Autoencoder();
        if (outputSeed is { } seed)
        {
            manual_seed(seed);
        }

        return new EncoderClassifier(pretrained.Encoder, TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
    }

    private static double Accuracy(EncoderClassifier classifier, int start)
    {
        using var scope = NewDisposeScope();
        int count = Images.Count - start;
        long[] found = classifier.call(RowTensor.Load(Images, start, count)).argmax(1).data<long>().ToArray();
        return found.Where((label, i) => label == Images.Labels.Span[start + i]).Count() / (double)count;
    }
}
