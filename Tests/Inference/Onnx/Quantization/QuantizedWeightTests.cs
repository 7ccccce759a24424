using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class QuantizedWeightTests
{
    [TestMethod]
    [DataRow(12, false, 127)]
    [DataRow(12, true, 64)]
    [DataRow(1, false, 127)]
    public void NoWeightIsOffByMoreThanHalfAStepOfItsChannel(int behind, bool reduceRange, int steps)
    {
        const int Channels = 5;
        Random random = new(3);
        float[] weights = [.. Enumerable.Range(0, Channels * 12).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, i / behind % Channels - 2)))];
        var quantized = QuantizedWeight.Of(weights, Channels, behind, [], 0.1f, reduceRange);
        for (int i = 0; i < weights.Length; i++)
        {
            int channel = i / behind % Channels;
            Assert.AreEqual(weights[i], quantized.Values[i] * quantized.Scales[channel], quantized.Scales[channel] * 0.5001);
        }

        for (int c = 0; c < Channels; c++)
        {
            float largest = weights.Where((_, i) => i / behind % Channels == c).Max(Math.Abs);
            Assert.AreEqual(largest / steps, quantized.Scales[c], largest * 1e-6);
        }
    }

    [TestMethod]
    public void AChannelWithoutWeightsKeepsItsBias()
    {
        const float InputScale = 0.02f;
        float[] bias = [3, -700, 1e-3f];
        var quantized = QuantizedWeight.Of([0, 0, 1e-9f, 0, 1, 2], 3, 2, bias, InputScale, reduceRange: false);
        for (int c = 0; c < bias.Length; c++)
        {
            Assert.AreEqual(bias[c], quantized.Bias[c] * (double)InputScale * quantized.Scales[c], Math.Abs(bias[c]) * 1e-3 + (InputScale * quantized.Scales[c]));
        }
    }

    [TestMethod]
    [DataRow(0.0, 1.0)]
    [DataRow(-3.0, 5.0)]
    [DataRow(-2.0, -1.0)]
    [DataRow(4.0, 9.0)]
    [DataRow(0.0, 0.0)]
    public void ZeroIsExactAndNothingWithinARangeIsOffByMoreThanHalfAStep(double smallest, double largest)
    {
        var range = ValueRange.Of(smallest, largest);
        Assert.AreEqual(0, range.Round(0));
        for (double value = smallest; value <= largest; value += 0.01)
        {
            Assert.AreEqual(value, range.Round(value), range.Scale * 1.001);
        }
    }
}
