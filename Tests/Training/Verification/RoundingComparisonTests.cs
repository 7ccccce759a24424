using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RoundingComparisonTests
{
    [TestMethod]
    [DataRow(1e-6, 1e-6, 0.9, 0.1, true, DisplayName = "within the gate")]
    [DataRow(1e-3, 5e-5, 1.9, 0.5, true, DisplayName = "within four times in proportion")]
    [DataRow(2.1e-4, 5e-5, 2.1, 0.5, false, DisplayName = "beyond four times either way")]
    [DataRow(5.01e-5, 5.2e-5, 3.7, 0.4, true, DisplayName = "as close by itself, at a smaller number")]
    [DataRow(1e-3, 5e-5, 70, 0.4, false, DisplayName = "further off either way")]
    [DataRow(1e-3, 0, 70, 0, false, DisplayName = "TorchSharp is exact")]
    [DataRow(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 0.4, false, DisplayName = "an infinity in the place of a number")]
    public void AGraphPassesAsCloseToTheExactNumbersAsTorchSharp(double onnx, double torchSharp, double onnxShare, double torchSharpShare, bool passed) =>
        Assert.AreEqual(passed, new RoundingComparison(onnx, torchSharp, onnxShare, torchSharpShare).Passed);
}
