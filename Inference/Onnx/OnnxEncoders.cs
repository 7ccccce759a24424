
namespace OnnxAE.Inference;

/// <summary>Encoders made of encoders, as ONNX files that <c>ml.Transforms.ApplyOnnxEncoder</c> takes like any.</summary>
public static class OnnxEncoders
{
    /// <summary>Writes an encoder that gives the mean of what another makes of a picture and of its mirror image; see <see cref="OnnxMirror.Average(string)"/>.</summary>
    /// <param name="encoderPath">The encoder: one input of square pictures, one output [rows, features].</param>
    /// <param name="outputPath">The file to write; replaced if there, in one go.</param>
    /// <exception cref="FileNotFoundException">The encoder is missing.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or no encoder of pictures of a known width.</exception>
    public static void MirrorAverage(string encoderPath, string outputPath) => Write(outputPath, OnnxMirror.Average(encoderPath));

    /// <summary>Writes an encoder that gives several encoders' features side by side; see <see cref="OnnxConcatenation.SideBySide(IReadOnlyList{string})"/>.</summary>
    /// <param name="encoderPaths">Two encoders or more with inputs alike.</param>
    /// <param name="outputPath">The file to write; replaced if there, in one go.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    /// <exception cref="FileNotFoundException">An encoder is missing.</exception>
    /// <exception cref="InvalidDataException">One is damaged, no encoder, or doesn't fit the first.</exception>
    /// <exception cref="IOException">The output can't be written.</exception>
    public static void Concatenate(IReadOnlyList<string> encoderPaths, string outputPath) => Write(outputPath, OnnxConcatenation.SideBySide(encoderPaths));

    private static void Write(string path, byte[] model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => stream.Write(model));
    }
}
