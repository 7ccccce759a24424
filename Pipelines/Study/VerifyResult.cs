using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>ONNX Runtime's outputs against TorchSharp's, over all test images and all three graphs.</summary>
/// <param name="Images">Test images compared.</param>
/// <param name="MaxAbsDiff">Largest difference of rebuilt pixels, or of a classifier's probabilities.</param>
/// <param name="MaxRelDiffOfCodes">Largest difference of codes, relative to the largest code.</param>
internal sealed record VerifyResult(int Images, double MaxAbsDiff, double MaxRelDiffOfCodes)
{
    /// <summary>Takes the figures out of a report that passed.</summary>
    public static VerifyResult Of(VerificationReport report) => new(
        report.Graphs[0].Rows,
        report.Graphs.Where(GivesPixels).Max(graph => graph.MaxAbsoluteDifference),
        report.Graphs.Where(graph => !GivesPixels(graph)).Max(graph => graph.MaxRelativeDifference));

    private static bool GivesPixels(GraphVerification graph) =>
        graph.File is OnnxNames.DecoderFile or OnnxNames.AutoencoderFile or RunGraphs.ClassifierFile;
}
