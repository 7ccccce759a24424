using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

/// <summary>What the run's seed decides: a corruption in the place of the real ones tells what it could have drawn.</summary>
[TestClass]
public sealed class SeedTests
{
    private static readonly RowSet Images = TinyData.Bars(32);

    [TestMethod]
    public void TheSeedDecidesTheOrderTheCorruptionAndTheNetworksNoiseOfEveryStep() => AssertDecides((seed, spy) =>
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        new AutoencoderTrainer(new TrainingOptions { Epochs = 2, BatchSize = 16, Corruption = spy, Seed = seed }).Fit(model, Images);
    });

    [TestMethod]
    public void TheSeedDecidesTheOrderAndTheCorruptionOfAClassifiersTraining() => AssertDecides((seed, spy) =>
    {
        using EncoderClassifier classifier = new(TinyData.Autoencoder().Encoder, TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
        new ClassifierTrainer(new ClassifierOptions { Epochs = 2, BatchSize = 16, Corruption = spy, Seed = seed })
            .Fit(classifier, Images, RowBatches.RowsFrom(0, Images.Count));
    });

    [TestMethod]
    public void TheSeedDecidesTheCorruptionOfWhatIsMeasuredTheSameAtEveryCall()
    {
        var spy = new Spy(isTraining: false);
        using DenseAutoencoder model = TinyData.Autoencoder();
        foreach (int seed in new[] { 1, 1, 2 })
        {
            AutoencoderEvaluator.Loss(model, Images, new TrainingOptions { Corruption = spy, Seed = seed });
        }

        foreach (IReadOnlyList<float> drawn in new[] { spy.Own, spy.Global })
        {
            Assert.AreEqual(drawn[0], drawn[1]);
            Assert.AreNotEqual(drawn[0], drawn[2]);
        }
    }

    [TestMethod]
    public void TheSeedDecidesTheNoiseOfADamagedSet()
    {
        byte[] first = Damaged(1), again = Damaged(1), other = Damaged(2);
        CollectionAssert.AreEqual(first, again);
        CollectionAssert.AreNotEqual(first, other);

        static byte[] Damaged(int seed) => CorruptedImages.Create(Images, new GaussianNoise(0, 0.3), seed).AllBytes();
    }

    private static void AssertDecides(Action<int, Spy> train)
    {
        Spy first = new(isTraining: true), again = new(isTraining: true), other = new(isTraining: true);
        train(1, first);
        train(1, again);
        train(2, other);
        foreach (Func<Spy, IReadOnlyList<float>> part in new Func<Spy, IReadOnlyList<float>>[] { spy => spy.Own, spy => spy.Global, spy => spy.Pixels })
        {
            CollectionAssert.AreEqual(part(first).ToArray(), part(again).ToArray());
            CollectionAssert.AllItemsAreUnique(part(first).ToArray());
            Assert.IsEmpty(part(first).Intersect(part(other)));
        }
    }

    // Leaves the images as they are, and listens in training or while a loss is measured.
    private sealed class Spy(bool isTraining) : ICorruption
    {
        private readonly List<float> _own = [], _global = [], _pixels = [];

        public IReadOnlyList<float> Own => _own;

        public IReadOnlyList<float> Global => _global;

        /// <summary>The batch in one number that its order of images changes.</summary>
        public IReadOnlyList<float> Pixels => _pixels;

        public Tensor Apply(Tensor clean, Generator generator)
        {
            if (is_grad_enabled() != isTraining)
            {
                return clean;
            }

            using var scope = NewDisposeScope();
            _own.Add(empty(1).uniform_(0, 1, generator).item<float>());
            _global.Add(rand(1).item<float>());
            _pixels.Add((clean.flatten(1).sum([1]) * arange(1, clean.shape[0] + 1)).sum().item<float>());
            return clean;
        }
    }
}
