namespace OnnxAE.Pipelines.Bench;

/// <summary>How fast a network trains, here and in PyTorch.</summary>
internal sealed record TrainingRate
{
    /// <summary>The network's id.</summary>
    public required string Id { get; init; }

    /// <summary>Numbers that training changes.</summary>
    public required long Parameters { get; init; }

    /// <summary>Images an optimizer step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Images a round.</summary>
    public required int Images { get; init; }

    /// <summary>Images a second, the median of the rounds.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>PyTorch's, the median of its rounds in between; null without PyTorch.</summary>
    public double? PyTorchSamplesPerSecond { get; init; }

    /// <summary>Ours over PyTorch's, the median of the ratios of neighbouring rounds.</summary>
    public double? Ratio { get; init; }

    /// <summary>
    /// PyTorch's processor time over ours, the median of neighbouring rounds. A machine with other work to do shows it
    /// truer than the clock does.
    /// </summary>
    public double? ProcessorRatio { get; init; }

    /// <summary>Billions of multiplications and additions a second in the layers' products; null for a network that is not dense.</summary>
    public double? GigaFlops { get; init; }

    /// <summary>The same for nothing but those products, one after the other.</summary>
    public double? ProductGigaFlops { get; init; }

    /// <summary>Images a second in each round.</summary>
    public required IReadOnlyList<double> Rounds { get; init; }

    /// <summary>PyTorch's.</summary>
    public IReadOnlyList<double> PyTorchRounds { get; init; } = [];
}
