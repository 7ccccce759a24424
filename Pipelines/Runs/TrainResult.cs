
namespace OnnxAE.Pipelines;

/// <summary>A training run's figures, as <c>--json</c> writes them. But for the seconds, the same seed gives the same figures.</summary>
internal sealed record TrainResult
{
    /// <summary>The run folder.</summary>
    public required string Run { get; init; }

    /// <summary>Id of the network.</summary>
    public required string Architecture { get; init; }

    /// <summary>Numbers that were trained.</summary>
    public required long Parameters { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>One name for the data whatever their packing.</summary>
    public required string DatasetSha256 { get; init; }

    /// <summary>Seed of everything that was drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>Optimizer steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Why the run ended early; null where it did not.</summary>
    public required string? StopReason { get; init; }

    /// <summary>The epoch whose weights were kept.</summary>
    public required int WeightsOfEpoch { get; init; }

    /// <summary>Time of the training, a stop's and a resumption's parts together.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Loss of each epoch on the training images.</summary>
    public required IReadOnlyList<double> TrainLosses { get; init; }

    /// <summary>Loss of each epoch on the validation images; empty without any.</summary>
    public required IReadOnlyList<double> ValidationLosses { get; init; }

    /// <summary>Loss of the kept weights on the test images.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the test images that a classifier gets right; null for an autoencoder.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>ONNX against TorchSharp.</summary>
    public required VerifyResult Verify { get; init; }
}
