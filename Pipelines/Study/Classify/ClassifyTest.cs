namespace OnnxAE.Pipelines;

/// <summary>How a finished classifier does on images that it never saw.</summary>
/// <param name="Images">Number of images.</param>
/// <param name="Accuracy">Share that was classified right.</param>
/// <param name="ErrorBefore">Expected calibration error that it would have without its temperature.</param>
/// <param name="ErrorAfter">Expected calibration error.</param>
internal sealed record ClassifyTest(int Images, double Accuracy, double ErrorBefore, double ErrorAfter);
