using OnnxAE.Inference;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Pipelines;

/// <summary>The least squared error that a linear autoencoder can reach (Baldi and Hornik, 1989): that of principal components.</summary>
internal static class PcaOptimum
{
    private const int BatchSize = 1000;

    /// <summary>
    /// The mean over pixels and images of the squared error of the images projected on their leading components: the
    /// eigenvalues of their covariance that are left out, a pixel.
    /// </summary>
    /// <param name="images">The images, whose mean is subtracted, as the network's biases do.</param>
    /// <param name="components">Width of the code.</param>
    public static double MeanSquaredError(RowSet images, int components)
    {
        using var outer = NewDisposeScope();
        using var gradients = no_grad();
        int size = images.Size;
        Tensor products = zeros(size, size, dtype: ScalarType.Float64);
        Tensor sums = zeros(size, dtype: ScalarType.Float64);
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            Tensor batch = RowTensor.Load(images, start, Math.Min(BatchSize, images.Count - start)).to_type(ScalarType.Float64); // [B, size]
            products.add_(batch.t().mm(batch));
            sums.add_(batch.sum(dim: 0)); // a plain 0 would be taken for a type
        }

        Tensor mean = sums / images.Count; // [size]
        Tensor covariance = (products / images.Count) - mean.unsqueeze(1).mm(mean.unsqueeze(0)); // [size, size]
        Tensor eigenvalues = linalg.eigh(covariance).Item1; // ascending
        return eigenvalues.narrow(0, 0, size - components).sum().item<double>() / size;
    }
}
