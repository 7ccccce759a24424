using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// Runs the same numbers through an exported graph and through TorchSharp, and compares every one: shape, type, and
/// difference, 1e-5 where all lie in [0, 1], else 1e-5 + 1e-3 of the number. A larger difference passes where the rounding of
/// 32-bit floats explains it, by the size of the numbers inside the network and by how many of them are added.
/// </summary>
/// <remarks>
/// Batches of 1, 2, 7 and 64 real rows are compared, all of them, and rows of zeros, ones, large and tiny numbers and NaN. The
/// module is put into evaluation mode; nothing else of it changes. A choice such as an ArgMax between numbers that rounding can't
/// tell apart is not excused: the two outputs really differ then.
/// </remarks>
public static class OnnxVerifier
{
    /// <summary>Compares a file with the module it was exported from.</summary>
    /// <param name="module">The module.</param>
    /// <param name="modelPath">The file.</param>
    /// <param name="inputs">Real rows, [rows, …].</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>What was compared; where the two differ, also the first node that does.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no model that ONNX Runtime can load.</exception>
    public static GraphVerification Verify(Module<Tensor, Tensor> module, string modelPath, Tensor inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfZero(inputs.shape[0], nameof(inputs));
        return Verify(module, modelPath, (int)inputs.shape[0], (start, count) => inputs.narrow(0, start, count), cancellationToken);
    }

    /// <summary>Compares a file with the module it was exported from, on images.</summary>
    /// <param name="module">The module, which takes rows of pixels.</param>
    /// <param name="modelPath">The file.</param>
    /// <param name="images">Every image is compared, and edge cases of their size.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <inheritdoc cref="Verify(Module{Tensor, Tensor}, string, Tensor, CancellationToken)"/>
    public static GraphVerification Verify(Module<Tensor, Tensor> module, string modelPath, ImageSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(images);
        return Verify(module, modelPath, images.Count, (start, count) => PixelBatch.Load(images, start, count), cancellationToken);
    }

    /// <summary>Compares the files of an autoencoder; the decoder is given the codes of the images.</summary>
    /// <param name="model">The network they were exported from.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="images">Every image is compared.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is no model that ONNX Runtime can load.</exception>
    public static VerificationReport VerifyAutoencoder(
        Autoencoder model, string folder, ImageSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(images);
        Tensor Pixels(int start, int count) => PixelBatch.Load(images, start, count);
        Tensor Codes(int start, int count) => model.Encoder.call(Pixels(start, count));
        GraphVerification Compare(Module<Tensor, Tensor> part, string file, Func<int, int, Tensor> load) =>
            Verify(part, Path.Combine(folder, file), images.Count, load, cancellationToken);

        model.eval();
        List<GraphVerification> graphs =
        [
            Compare(model.Encoder, OnnxNames.EncoderFile, Pixels),
            Compare(model.Map, OnnxNames.FeaturesFile, Pixels),
            Compare(model.Decoder, OnnxNames.DecoderFile, Codes),
            Compare(model, OnnxNames.AutoencoderFile, Pixels),
        ];
        if (model is VariationalAutoencoder variational)
        {
            graphs.Add(VerifySampler(variational, Path.Combine(folder, OnnxNames.SamplerFile), images.Count, Pixels, cancellationToken));
        }

        return new VerificationReport(graphs);
    }

    /// <summary>Compares a classifier's file, which gives probabilities, with the classifier, which gives logits.</summary>
    internal static GraphVerification VerifyClassifier(
        EncoderClassifier classifier, string modelPath, ImageSet images, CancellationToken cancellationToken = default) => Verify(
            classifier,
            inputs => functional.softmax(classifier.call(inputs[0]), 1),
            modelPath,
            images.Count,
            (start, count) => [PixelBatch.Load(images, start, count)],
            cancellationToken);

    /// <summary>Compares the file of a layer that was averaged over mirror images with the mean of what the layer makes of both.</summary>
    internal static GraphVerification VerifyMirrored(
        Module<Tensor, Tensor> layer, string modelPath, ImageSet images, CancellationToken cancellationToken = default)
    {
        return Verify(
            layer,
            inputs => (layer.call(inputs[0].clone()) + layer.call(Mirror(inputs[0]))) * 0.5f, // a layer may work in place
            modelPath,
            images.Count,
            (start, count) => [PixelBatch.Load(images, start, count)],
            cancellationToken);

        Tensor Mirror(Tensor rows) => rows.reshape(-1, images.Height, images.Width).flip(2).reshape(rows.shape);
    }

    private static GraphVerification Verify(
        Module<Tensor, Tensor> module, string path, int count, Func<int, int, Tensor> load, CancellationToken cancellationToken) =>
        Verify(module, inputs => module.call(inputs[0]), path, count, (start, rows) => [load(start, rows)], cancellationToken);

    private static GraphVerification Verify(
        Module network,
        Func<IReadOnlyList<Tensor>, Tensor> reference,
        string path,
        int count,
        Func<int, int, IReadOnlyList<Tensor>> load,
        CancellationToken cancellationToken,
        int inputCount = 1,
        IReadOnlyList<(string Path, Module Module)>? modules = null)
    {
        network.eval();
        using var runner = new GraphRunner(path);
        if (runner.InputNames.Count != inputCount)
        {
            throw new InvalidDataException($"'{path}' has {runner.InputNames.Count} inputs; expected {inputCount}.");
        }

        var verified = new VerifiedNetwork(network, reference, modules);
        using var comparison = new GraphComparison(runner, verified);
        var result = new GraphVerification(Path.GetFileName(path), comparison.Run(count, load, cancellationToken));
        return comparison.Failed is var (name, inputs)
            ? result with { FirstDifference = DifferenceFinder.Find(verified, OnnxModelReader.Read(path), inputs, name) }
            : result;
    }

    // mean + exp(log-variance / 2) · eps; the draws are the same in every run.
    private static GraphVerification VerifySampler(
        VariationalAutoencoder model, string path, int count, Func<int, int, Tensor> load, CancellationToken cancellationToken)
    {
        using var noise = new Generator(1);
        return Verify(
            model,
            inputs =>
            {
                Tensor map = model.Map.call(inputs[0]);
                return model.Mean.call(map) + ((model.LogVariance.call(map) * 0.5f).exp() * inputs[1]);
            },
            path,
            count,
            (start, rows) => [load(start, rows), randn(rows, model.CodeSize, generator: noise)],
            cancellationToken,
            inputCount: 2,
            [.. Named("features", model.Map), .. Named("mean", model.Mean), .. Named("log_variance", model.LogVariance)]);
    }

    // The sampler's file has the network's parts under other paths than the network.
    private static IEnumerable<(string Path, Module Module)> Named(string path, Module part) =>
        part.named_modules().Select(entry => ($"{path}.{entry.name}", entry.module)).Prepend((path, part));
}
