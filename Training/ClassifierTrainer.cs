using System.Diagnostics;
using System.Runtime.InteropServices;
using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// Trains an encoder with an output layer on a few labeled images, by cross-entropy and AdamW (Loshchilov and Hutter, 2019), whose weight decay
/// is <see cref="ClassifierOptions.WeightDecay"/>: from random weights ("the same network from scratch"), from a pretrained encoder (fine-tuning), or with
/// that encoder frozen.
/// </summary>
/// <param name="options">The run's settings.</param>
public sealed class ClassifierTrainer(ClassifierOptions options)
{
    /// <summary>The run's settings.</summary>
    public ClassifierOptions Options { get; } = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>Trains on rows of an image set.</summary>
    /// <param name="classifier">The network; left in evaluation mode.</param>
    /// <param name="images">A set with labels; only the rows named are looked at.</param>
    /// <param name="rows">Row indices, from 0.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The curve of the training loss.</returns>
    /// <exception cref="ArgumentException">The set has no labels, or its images have another size.</exception>
    public TrainingHistory Fit(EncoderClassifier classifier, ImageSet images, IReadOnlyList<long> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(rows);
        if (!images.HasLabels)
        {
            throw new ArgumentException("The images have no labels to learn from.", nameof(images));
        }

        using Tensor pixels = PixelBatch.Load(images, [.. rows]);
        long[] labels = [.. rows.Select(row => (long)images.Labels.Span[(int)row])];
        return Fit(classifier, pixels, labels, cancellationToken);
    }

    /// <summary>Trains on pixels from anywhere, such as a column of an ML.NET view.</summary>
    /// <param name="classifier">The network; left in evaluation mode.</param>
    /// <param name="pixels">[N, InputSize], row-major, in [0, 1].</param>
    /// <param name="labels">[N] classes, counted from 0.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The curve of the training loss.</returns>
    /// <exception cref="ArgumentException">The lengths don't fit together.</exception>
    public TrainingHistory Fit(EncoderClassifier classifier, ReadOnlySpan<float> pixels, ReadOnlySpan<long> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        if (pixels.Length != (long)labels.Length * classifier.InputSize)
        {
            throw new ArgumentException(
                $"{pixels.Length} pixels given for {labels.Length} labels; the classifier takes {classifier.InputSize} pixels a label.", nameof(pixels));
        }

        using Tensor values = empty(labels.Length, classifier.InputSize);
        MemoryMarshal.AsBytes(pixels).CopyTo(values.bytes);
        return Fit(classifier, values, labels.ToArray(), cancellationToken);
    }

    private TrainingHistory Fit(EncoderClassifier classifier, Tensor pixels, long[] labels, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        Options.Validate();
        Check(classifier, pixels, labels);
        manual_seed(Options.Seed);
        using var generator = new Generator((ulong)Options.Seed);
        using Tensor targets = tensor(labels); // [N]
        // A frozen encoder is left out of the optimizer: none of its weights can change.
        Module trained = Options.FreezeEncoder ? classifier.Output : classifier;
        using var optimizer = optim.AdamW(trained.parameters(), Options.LearningRate, weight_decay: Options.WeightDecay);
        var epochs = new List<EpochResult>();
        int stepsPerEpoch = BatchSizes.StepsPerEpoch(labels.Length, Options.BatchSize);
        int stepCount = Options.Steps ?? (Options.Epochs * stepsPerEpoch);
        long begin = Stopwatch.GetTimestamp();

        for (int step = 0; step < stepCount;)
        {
            long epochBegin = Stopwatch.GetTimestamp();
            classifier.eval();
            trained.train();
            double lossSum = 0;
            int seen = 0;
            using Tensor order = randperm(labels.Length, generator: generator);
            for (int batch = 0; batch < stepsPerEpoch && step < stepCount; batch++, step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = BatchSizes.Next(labels.Length - seen, Options.BatchSize);
                using var scope = NewDisposeScope();
                Tensor rows = order.narrow(0, seen, count);
                Tensor images = pixels.index_select(0, rows); // [B, InputSize]
                images = Options.Corruption?.Apply(images, generator) ?? images;
                optimizer.SetLearningRate(LearningRates.At(Options.Schedule, Options.LearningRate, step, stepCount));
                classifier.zero_grad();
                Tensor logits = classifier.call(images); // [B, ClassCount]
                Tensor loss = functional.cross_entropy(logits, targets.index_select(0, rows));
                loss.backward();
                optimizer.step();
                seen += count;
                double value = loss.item<float>();
                lossSum += double.IsFinite(value) ? value * count : throw TrainingDivergedException.At(epochs.Count + 1, seen, value, Options.LearningRate);
            }

            double seconds = Stopwatch.GetElapsedTime(epochBegin).TotalSeconds;
            epochs.Add(new EpochResult(epochs.Count + 1, lossSum / seen, null, seconds, seen / seconds));
        }

        classifier.eval();
        return new TrainingHistory(epochs, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    private static void Check(EncoderClassifier classifier, Tensor pixels, long[] labels)
    {
        if (labels.Length == 0 || pixels.shape[1] != classifier.InputSize)
        {
            throw new ArgumentException(
                $"{labels.Length} images of {pixels.shape[1]} pixels given, but the classifier takes {classifier.InputSize} pixels and needs at least one image.", nameof(pixels));
        }

        int stray = Array.FindIndex(labels, label => label < 0 || label >= classifier.ClassCount);
        if (stray >= 0)
        {
            throw UnknownLabel(labels[stray], classifier, nameof(labels));
        }
    }

    /// <summary>A label that the output layer has no place for.</summary>
    internal static ArgumentException UnknownLabel(long label, EncoderClassifier classifier, string parameter) =>
        new($"Found the label {label}; the classifier tells classes 0 to {classifier.ClassCount - 1} apart.", parameter);
}
