using System.Runtime.InteropServices;
using OnnxAE.Inference.Data;
using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives; // its namespace has a Tensor of its own

namespace OnnxAE.Training;

/// <summary>Runs images through exported graphs and through TorchSharp, and compares every number.</summary>
public static class OnnxVerifier
{
    // Doesn't divide the usual test sets, so that a shorter last batch proves the batch dimension to be free.
    private const int BatchSize = 512;

    /// <summary>Compares the four files of an autoencoder; the decoder is given the codes of the images.</summary>
    /// <param name="model">The network they were exported from; put into evaluation mode.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="images">Every image is compared.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="InvalidDataException">A file is no model that ONNX Runtime can run, or has other shapes.</exception>
    public static VerificationReport VerifyAutoencoder(
        Autoencoder model, string folder, ImageSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        return new VerificationReport(
        [
            Verify(model.Encoder, Path.Combine(folder, OnnxNames.EncoderFile), VerificationGate.Codes, images, null, cancellationToken),
            Verify(model.Features, Path.Combine(folder, OnnxNames.FeaturesFile), VerificationGate.Codes, images, null, cancellationToken),
            Verify(model.Decoder, Path.Combine(folder, OnnxNames.DecoderFile), VerificationGate.Pixels, images, model.Encoder, cancellationToken),
            Verify(model, Path.Combine(folder, OnnxNames.AutoencoderFile), VerificationGate.Pixels, images, null, cancellationToken),
        ]);
    }

    /// <summary>Compares one file with the module it was exported from.</summary>
    /// <param name="module">The module; put into evaluation mode.</param>
    /// <param name="modelPath">The file.</param>
    /// <param name="gate">How close they must be.</param>
    /// <param name="images">Every image is compared.</param>
    /// <param name="preparation">Makes the module's input from pixels, as the encoder does for the decoder; null to pass pixels.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no model that ONNX Runtime can run, or has other shapes.</exception>
    public static GraphVerification Verify(
        Module<Tensor, Tensor> module,
        string modelPath,
        VerificationGate gate,
        ImageSet images,
        Module<Tensor, Tensor>? preparation = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(images);
        using var runner = new GraphRunner(modelPath);
        module.eval();
        preparation?.eval();
        double difference = 0;
        double magnitude = 0;
        int columns = 0;
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            Tensor pixels = PixelBatch.Load(images, start, Math.Min(BatchSize, images.Count - start)); // [B, pixels]
            Tensor input = preparation?.call(pixels) ?? pixels;
            Tensor output = module.call(input).contiguous();
            columns = (int)(output.numel() / output.shape[0]);
            ReadOnlySpan<float> expected = MemoryMarshal.Cast<byte, float>(output.bytes);
            float[] found = runner.Run(MemoryMarshal.Cast<byte, float>(input.contiguous().bytes), input.shape, output.shape);
            magnitude = Math.Max(magnitude, Math.Abs(TensorPrimitives.MaxMagnitude(expected)));
            TensorPrimitives.Subtract(found, expected, found);
            float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(found)); // NaN if any is
            difference = Math.Max(difference, float.IsFinite(largest) ? largest : double.PositiveInfinity);
        }

        double relative = magnitude > 0 ? difference / magnitude : difference;
        return new GraphVerification(Path.GetFileName(modelPath), images.Count, columns, difference, relative, magnitude, gate);
    }
}
