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
        var network = new VerifiedNetwork(module, rows => module.call(rows[0]));
        return Verify(network, modelPath, (int)inputs.shape[0], (start, count) => [inputs.narrow(0, start, count)], cancellationToken);
    }

    /// <summary>Compares a file with the module it was exported from, on images.</summary>
    /// <param name="module">The module, which takes rows of pixels.</param>
    /// <param name="modelPath">The file.</param>
    /// <param name="images">Every image is compared, and edge cases of their size.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <inheritdoc cref="Verify(Module{Tensor, Tensor}, string, Tensor, CancellationToken)"/>
    public static GraphVerification Verify(Module<Tensor, Tensor> module, string modelPath, RowSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(images);
        return Verify(new VerifiedNetwork(module, rows => module.call(rows[0])), modelPath, images, cancellationToken);
    }

    /// <summary>Compares the files of an autoencoder; the decoder is given the codes of the images.</summary>
    /// <param name="model">The network they were exported from.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="images">Every image is compared.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is no model that ONNX Runtime can load.</exception>
    public static VerificationReport VerifyAutoencoder(Autoencoder model, string folder, RowSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(images);
        return RunGraphs.Verify(model, folder, images, cancellationToken);
    }

    /// <summary>Compares the file of a layer that was averaged over mirror images with the mean of what the layer makes of both.</summary>
    internal static GraphVerification VerifyMirrored(
        Module<Tensor, Tensor> layer, string modelPath, RowSet images, CancellationToken cancellationToken = default)
    {
        // A layer may work in place.
        var network = new VerifiedNetwork(layer, inputs => (layer.call(inputs[0].clone()) + layer.call(Mirror(inputs[0]))) * 0.5f);
        return Verify(network, modelPath, images, cancellationToken);

        Tensor Mirror(Tensor rows) => rows.reshape(-1, images.Channels, images.Height, images.Width).flip(3).reshape(rows.shape);
    }

    /// <summary>Compares a file with what a network makes of rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="count">Rows there are.</param>
    /// <param name="load">Gives some of them: first row and how many; one tensor an input.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <param name="inputCount">Inputs that the file must have.</param>
    internal static GraphVerification Verify(
        VerifiedNetwork network,
        string path,
        int count,
        Func<int, int, IReadOnlyList<Tensor>> load,
        CancellationToken cancellationToken,
        int inputCount = 1)
    {
        network.PutIntoEvaluation();
        using var runner = new GraphRunner(path);
        if (runner.InputNames.Count != inputCount)
        {
            throw new InvalidDataException($"'{path}' has {runner.InputNames.Count} inputs; expected {inputCount}.");
        }

        using var comparison = new GraphComparison(runner, network);
        var result = new GraphVerification(Path.GetFileName(path), comparison.Run(count, load, cancellationToken));
        return comparison.Failed is var (name, inputs)
            ? result with { FirstDifference = DifferenceFinder.Find(network, OnnxModelReader.Read(path), inputs, name) }
            : result;
    }

    private static GraphVerification Verify(VerifiedNetwork network, string path, RowSet images, CancellationToken cancellationToken) =>
        Verify(network, path, images.Count, (start, count) => [RowTensor.Load(images, start, count)], cancellationToken);
}
