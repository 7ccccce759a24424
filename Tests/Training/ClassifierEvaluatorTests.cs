using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ClassifierEvaluatorTests
{
    private const int Count = 530; // a batch of 500, and one of the rest

    [TestMethod]
    public void EveryImageCountsOnceAndIsSeenAsAfterTraining()
    {
        manual_seed(1);
        using EncoderClassifier classifier = new(
            Sequential(("drop", Dropout(0.9)), ("dense", Linear(TinyData.PixelCount, TinyData.CodeSize))), TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
        RowSet images = TinyData.Bars(Count);
        classifier.eval();
        using var scope = NewDisposeScope();
        int[] labels = [.. classifier.call(RowTensor.Load(images, 0, Count)).argmax(1).data<long>().ToArray().Select(label => (int)label)];
        classifier.train();
        Assert.AreEqual(1, ClassifierEvaluator.Accuracy(classifier, new RowSet(images.AllBytes(), [1, 4, 4], labels)));

        for (int i = Count - 7; i < Count; i++)
        {
            labels[i] = (labels[i] + 1) % 4;
        }

        Assert.AreEqual((Count - 7.0) / Count, ClassifierEvaluator.Accuracy(classifier, new RowSet(images.AllBytes(), [1, 4, 4], labels)), 1e-12);
    }
}
