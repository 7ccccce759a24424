namespace OnnxAE.Training;

/// <summary>The curve of a training run.</summary>
/// <param name="Epochs">One entry an epoch, in order.</param>
/// <param name="Seconds">Time of the whole run, validation included.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochResult> Epochs, double Seconds)
{
    /// <summary>Why the run ended before its last step, such as early stopping; null where it did not.</summary>
    public string? StopReason { get; init; }

    /// <summary>Validation loss after the last epoch; null without validation images.</summary>
    public double? FinalValidationLoss => Epochs[^1].ValidationLoss;

    /// <summary>Training loss of the last epoch.</summary>
    public double FinalTrainLoss => Epochs[^1].TrainLoss;
}

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainLoss">Mean loss over the epoch's images, measured as the weights changed.</param>
/// <param name="ValidationLoss">Mean loss on the validation images after the epoch; null without any.</param>
/// <param name="Seconds">Time of the training part.</param>
/// <param name="ImagesPerSecond">Training images a second.</param>
public sealed record EpochResult(int Epoch, double TrainLoss, double? ValidationLoss, double Seconds, double ImagesPerSecond)
{
    /// <summary>Optimizer steps since the run began.</summary>
    public long Step { get; init; }

    /// <summary>Learning rate of the epoch's last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>The named parts of <see cref="TrainLoss"/>; null where the loss has no parts.</summary>
    public IReadOnlyDictionary<string, double>? TrainParts { get; init; }

    /// <summary>The named parts of <see cref="ValidationLoss"/>; null without validation images or parts.</summary>
    public IReadOnlyDictionary<string, double>? ValidationParts { get; init; }

    /// <summary>What early stopping and best weights go by: the validation loss, or the training loss of a run without validation images.</summary>
    internal (double Loss, string Name) Watched => ValidationLoss is { } loss ? (loss, "validation loss") : (TrainLoss, "training loss");
}

/// <summary>Where a run stands after a step.</summary>
/// <param name="Epoch">The epoch under way, counted from 1.</param>
/// <param name="EpochCount">Epochs in all; the last may be cut short by a number of steps.</param>
/// <param name="ImagesDone">Images of this epoch trained on so far.</param>
/// <param name="ImageCount">Images an epoch.</param>
/// <param name="BatchLoss">Mean loss of the batch.</param>
/// <param name="MeanLoss">Mean loss of this epoch so far.</param>
/// <param name="Elapsed">Time since the run began, without pauses between a stop and its resumption.</param>
public readonly record struct TrainingProgress(
    int Epoch, int EpochCount, int ImagesDone, int ImageCount, double BatchLoss, double MeanLoss, TimeSpan Elapsed)
{
    /// <summary>Optimizer steps taken since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>Optimizer steps in all.</summary>
    public required long StepCount { get; init; }

    /// <summary>The step's learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The named parts of <see cref="BatchLoss"/>.</summary>
    public required IReadOnlyDictionary<string, double> Parts { get; init; }

    /// <summary>Part of the whole run that is done, in [0, 1].</summary>
    public double Fraction => (double)Step / StepCount;

    /// <summary>Time to go at the average pace so far.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 - Fraction) / Fraction) : TimeSpan.Zero;
}

/// <summary>Means of a loss and its named parts over batches of different sizes.</summary>
internal sealed class LossMeter
{
    private readonly Dictionary<string, double> _partSums = new(StringComparer.Ordinal);
    private double _sum;
    private long _images;

    /// <summary>The mean loss of all images so far.</summary>
    public double Mean => _sum / _images;

    /// <summary>The sums, for a checkpoint: the loss under an empty name, then its parts.</summary>
    public IReadOnlyDictionary<string, double> Sums => new Dictionary<string, double>(_partSums) { [""] = _sum };

    /// <summary>The mean of each part; null where there are none.</summary>
    public IReadOnlyDictionary<string, double>? PartMeans() =>
        _partSums.Count == 0 ? null : _partSums.ToDictionary(part => part.Key, part => part.Value / _images);

    /// <summary>Adds a batch's mean loss.</summary>
    public void Add(LossValue value, int count)
    {
        _sum += value.Total * count;
        _images += count;
        foreach ((string name, double part) in value.Parts)
        {
            _partSums[name] = _partSums.GetValueOrDefault(name) + (part * count);
        }
    }

    /// <summary>Forgets everything, or goes on from the sums of a checkpoint.</summary>
    public void Reset(IReadOnlyDictionary<string, double>? sums = null, long imagesDone = 0)
    {
        _partSums.Clear();
        foreach ((string name, double part) in sums ?? new Dictionary<string, double>())
        {
            _partSums[name] = part;
        }

        _partSums.Remove("", out _sum);
        _images = imagesDone;
    }
}

/// <summary>A mean loss as numbers.</summary>
/// <param name="Total">What is minimised.</param>
/// <param name="Parts">Its terms before they are weighted, by name; empty where it is one thing.</param>
internal readonly record struct LossValue(double Total, IReadOnlyDictionary<string, double> Parts)
{
    private static readonly Dictionary<string, double> NoParts = [];

    /// <summary>Reads the numbers of an objective's value. A single term that is the whole loss is no part of it.</summary>
    public static LossValue Of(in ObjectiveValue value)
    {
        double total = value.Loss.item<float>();
        return value.Parts.Count < 2
            ? new LossValue(total, NoParts)
            : new LossValue(total, value.Parts.ToDictionary(part => part.Name, part => (double)part.Value.item<float>()));
    }
}
