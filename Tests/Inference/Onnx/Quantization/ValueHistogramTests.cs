using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ValueHistogramTests
{
    [TestMethod]
    public void OneFarNumberWidensTheWholeRangeAndNoOther()
    {
        Random random = new(5);
        float[] values = [.. Enumerable.Range(0, 40_000).Select(_ => random.NextSingle()), 50];
        double whole = Range(values, CalibrationMethod.MinMax), percentile = Range(values, CalibrationMethod.Percentile), least = Range(values, CalibrationMethod.SquaredError);
        Assert.AreEqual(50, whole, 1e-4);
        Assert.IsLessThan(1.1, percentile);
        Assert.IsLessThan(whole, least);
        Assert.IsLessThanOrEqualTo(Error(values, CalibrationMethod.MinMax), Error(values, CalibrationMethod.SquaredError));
    }

    [TestMethod]
    public void APercentileEndsWithTheBinThatItLiesIn()
    {
        // 2,048 bins of width 1; all but one of 10,001 numbers lie in that of 10 to 11.
        float[] values = [.. Enumerable.Repeat(10.5f, 10_000), 2048];
        Assert.AreEqual(11, Range(values, CalibrationMethod.Percentile), 1e-4);
        Assert.AreEqual(11, Range([.. values.Select(v => -v)], CalibrationMethod.Percentile), 1e-4);
    }

    [TestMethod]
    public void NumbersThatAreNoneAreNoticed()
    {
        ValueHistogram histogram = new();
        histogram.AddExtremes([1, float.NaN, 2]);
        histogram.AddExtremes([3]);
        Assert.IsFalse(histogram.IsFinite);
    }

    private static ValueRange Choose(float[] values, CalibrationMethod method)
    {
        ValueHistogram histogram = new();
        histogram.AddExtremes(values);
        histogram.AddCounts(values);
        return histogram.Choose(method);
    }

    private static double Range(float[] values, CalibrationMethod method) => Choose(values, method).Scale * 255.0;

    private static double Error(float[] values, CalibrationMethod method)
    {
        ValueRange range = Choose(values, method);
        return values.Sum(v => (v - range.Round(v)) * (v - range.Round(v)));
    }
}
