using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Every knob of the arms, with the reason for its value. None was chosen here by test images; what a pilot study had seen is said in docs/RESULTS.md.</summary>
internal sealed record ArmSettings : HeadSettings
{
    private static readonly ClassifierOptions Network = new() { LearningRate = 2e-3, Schedule = LearningRateSchedule.OneCycle, WeightDecay = 1e-4 };

    /// <summary>Components of the PCA arm: as many numbers as the source documents' dense code has.</summary>
    public int Components { get; init; } = 30;

    /// <summary>Most numbers of pseudo-labeled rows in a round of self-training, which fits once a round.</summary>
    public int SelfTrainingNumbers { get; init; } = 12_000_000;

    /// <summary>Rounds of self-training.</summary>
    public int SelfTrainingRounds { get; init; } = 4;

    /// <summary>
    /// How the pretrained encoder is trained on. Chosen, like the two below, for 500 labels of MNIST by the error on 10,000
    /// other training images, two draws: 250 steps gave 2.3 %, 600 gave 2.1 %, at twice the rate 2.0 %.
    /// </summary>
    public ClassifierOptions FineTuning { get; init; } = Network with { Steps = 600, BatchSize = 64 };

    /// <summary>
    /// How the same network is trained from random weights on clean images. Small batches do best: 250 steps of 64 gave 10.2 %,
    /// 1,000 of 16 gave 8.0 %, and twice as many 7.4 %.
    /// </summary>
    public ClassifierOptions Scratch { get; init; } = Network with { Steps = 1_500, BatchSize = 16 };

    /// <summary>The same on augmented images: 1,500 steps of 32 gave 2.1 %, and 700 of 64 at a higher rate as much.</summary>
    public ClassifierOptions ScratchAugmented { get; init; } = Network with { Steps = 1_500, BatchSize = 32 };

    /// <summary>Passes over the labeled images at the least, where they are many.</summary>
    public int NetworkMinimumEpochs { get; init; } = 4;

    /// <summary>About how long features of 70,000 images take on two cores: what the time left is told by.</summary>
    public double ExpectedFeatureSeconds { get; init; } = 15;

    /// <summary>About how long the neighbors of 60,000 rows take on two cores.</summary>
    public double ExpectedNeighborSeconds { get; init; } = 40;

    /// <summary>What decides a linear head, for the key of its results.</summary>
    public object Linear => new { PenaltiesPerFeature, Folds, ValidationRows, TrainerThreads };
}
