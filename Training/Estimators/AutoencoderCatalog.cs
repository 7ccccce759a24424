using OnnxAE.Training;

namespace Microsoft.ML;

/// <summary>Autoencoders that are trained inside a pipeline.</summary>
public static class AutoencoderCatalog
{
    /// <summary>
    /// Trains an autoencoder on a column of numbers, in TorchSharp, and applies it through ONNX Runtime, many rows a call. Needs no
    /// labels. What is saved is a stock ML.NET model.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column to make: the code, unless the options say something else.</param>
    /// <param name="inputColumnName">
    /// The column to train on and to read: a vector of Single of a known size, or of Byte for pictures. Null for the output column.
    /// Pictures have the dimensions [channels, height, width] and pixels in [0, 1]. Scale other numbers first, or see
    /// <see cref="AutoencoderOptions.Standardize"/>.
    /// </param>
    /// <param name="options">What is trained, and which columns come of it; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or two columns have the same name.</exception>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.Concatenate("Numbers", columns)
    ///     .Append(ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
    ///     .Append(ml.Transforms.Autoencoder("Features", "Numbers"));
    /// </code>
    /// </example>
    public static AutoencoderEstimator Autoencoder(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, AutoencoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new AutoencoderEstimator(catalog, outputColumnName, inputColumnName ?? outputColumnName, options ?? new AutoencoderOptions());
    }
}
