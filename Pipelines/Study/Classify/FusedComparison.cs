using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Compares the ONNX file with the .zip, image by image.</summary>
internal static class FusedComparison
{
    private const int BatchRows = 256;

    /// <summary>Compares.</summary>
    /// <param name="onnxPath">The ONNX file; ONNX Runtime runs it as it is.</param>
    /// <param name="zip">The .zip, loaded.</param>
    /// <param name="data">The images.</param>
    /// <param name="limit">The most that a probability may differ by.</param>
    /// <param name="report">Told the share that is done.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The largest difference of a probability.</returns>
    /// <exception cref="InvalidDataException">They differ by more than the limit, or the ONNX file names another class than its own probabilities do.</exception>
    public static double Run(string onnxPath, ITransformer zip, ClassifyData data, double limit, Action<double> report, CancellationToken cancellationToken)
    {
        using InferenceSession session = new(onnxPath);
        long[] rowShape = [.. session.InputMetadata[session.InputNames[0]].Dimensions.Skip(1).Select(d => (long)d)];
        IDataView scored = zip.Transform(data.Images);
        DataViewSchema.Column pixels = scored.Schema[SavedClassifier.PixelsColumn], score = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor([pixels, score]);
        ValueGetter<VBuffer<float>> getPixels = cursor.GetGetter<VBuffer<float>>(pixels), getScore = cursor.GetGetter<VBuffer<float>>(score);
        VBuffer<float> buffer = default;
        float[] batch = new float[BatchRows * data.PixelCount], expected = new float[BatchRows * data.Classes.Count];
        double largest = 0;
        int rows = 0, count = 0;
        while (cursor.MoveNext())
        {
            getPixels(ref buffer);
            buffer.CopyTo(batch.AsSpan(count * data.PixelCount, data.PixelCount));
            getScore(ref buffer);
            buffer.CopyTo(expected.AsSpan(count * data.Classes.Count, data.Classes.Count));
            if (++count == BatchRows)
            {
                Compare();
            }
        }

        Compare();
        return largest;

        void Compare()
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count == 0)
            {
                return;
            }

            using OrtValue input = OrtValue.CreateTensorValueFromMemory(batch[..(count * data.PixelCount)], [count, .. rowShape]);
            using RunOptions options = new();
            using var outputs = session.Run(options, session.InputNames, [input], [OnnxNames.Probabilities, OnnxNames.Label]);
            ReadOnlySpan<float> found = outputs[0].GetTensorDataAsSpan<float>();
            string[] labels = outputs[1].GetStringTensorAsArray();
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> own = found.Slice(i * data.Classes.Count, data.Classes.Count);
                for (int c = 0; c < own.Length; c++)
                {
                    double difference = Math.Abs(own[c] - expected[(i * own.Length) + c]);
                    largest = difference <= limit ? Math.Max(largest, difference) : throw new InvalidDataException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"The ONNX file gives image {rows + i + 1} the probability {own[c]:G6} of '{data.Classes.Names[c]}', and the .zip {expected[(i * own.Length) + c]:G6}: they differ by more than {limit}."));
                }

                string best = data.Classes.Names[Predictions.IndexOfMax(own)];
                if (labels[i] != best)
                {
                    throw new InvalidDataException($"The ONNX file calls image {rows + i + 1} '{labels[i]}', but its probabilities say '{best}'.");
                }
            }

            rows += count;
            count = 0;
            report((double)rows / data.Count);
        }
    }
}
