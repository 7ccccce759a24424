using System.Runtime.InteropServices;
using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Fits a multilayer perceptron to examples: cross-entropy with a row's weights of the classes, AdamW, one cycle of the learning rate.</summary>
internal static class MultilayerPerceptronTraining
{
    /// <summary>Trains.</summary>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public static ClassifierHead Run(ExampleRows rows, MultilayerPerceptronOptions options)
    {
        int batchSize = options.BatchSizeFor(rows.Count), epochs = options.EpochsFor(rows.Count);
        long step = 0, stepCount = (long)epochs * options.StepsPerEpoch(rows.Count);
        double meanWeight = rows.TotalWeight / rows.Count; // divided by, so that a step is the same size whatever the unit of the weights
        manual_seed(options.Seed);
        Linear hidden = Linear(rows.FeatureCount, options.HiddenUnits), output = Linear(options.HiddenUnits, rows.ClassCount);
        using Sequential network = Sequential(hidden, ReLU(), Dropout(options.Dropout), output); // owns them
        using var optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: options.WeightDecay);
        using RandomStreams random = new(options.Seed);

        network.train();
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            long[] order = random.Order(rows.Count, epoch);
            for (int start = 0; start < rows.Count; start += batchSize)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                ReadOnlySpan<long> chosen = order.AsSpan(start, Math.Min(batchSize, rows.Count - start));
                var (features, targets) = Load(rows, chosen);
                random.ForStep(step);
                optimizer.SetLearningRate(LearningRates.At(LearningRateSchedule.OneCycle, options.LearningRate, step++, stepCount));
                network.zero_grad();
                Tensor logits = network.call(features); // [B, ClassCount]
                Tensor loss = (targets * logits.log_softmax(1)).sum() / (-meanWeight * chosen.Length);
                loss.backward();
                optimizer.step();
                double value = loss.item<float>();
                if (!double.IsFinite(value))
                {
                    throw TrainingDivergedException.At(epoch, start + chosen.Length, value, options.LearningRate);
                }
            }

            options.Progress?.Report((double)epoch / epochs);
        }

        return new ClassifierHead([LayerOf(hidden), LayerOf(output)]);
    }

    private static (Tensor Features, Tensor Targets) Load(ExampleRows rows, ReadOnlySpan<long> chosen)
    {
        Tensor features = empty(chosen.Length, rows.FeatureCount), targets = empty(chosen.Length, rows.ClassCount);
        Span<float> featureValues = MemoryMarshal.Cast<byte, float>(features.bytes), targetValues = MemoryMarshal.Cast<byte, float>(targets.bytes);
        for (int i = 0; i < chosen.Length; i++)
        {
            rows.Features((int)chosen[i]).CopyTo(featureValues[(i * rows.FeatureCount)..]);
            rows.Targets((int)chosen[i]).CopyTo(targetValues[(i * rows.ClassCount)..]);
        }

        return (features, targets);
    }

    private static DenseLayer LayerOf(Linear layer)
    {
        using var gradients = no_grad();
        using Tensor weight = layer.weight.detach(), bias = layer.bias!.detach();
        return new DenseLayer(weight.data<float>().ToArray(), bias.data<float>().ToArray());
    }
}
