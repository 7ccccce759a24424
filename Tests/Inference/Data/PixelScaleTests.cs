using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PixelScaleTests
{
    [TestMethod]
    public void Makes_of_every_byte_exactly_its_quotient_in_rows_of_every_length()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 256).Select(i => (byte)i)];
        for (int length = 0; length <= pixels.Length; length++)
        {
            ReadOnlySpan<byte> row = pixels.AsSpan(pixels.Length - length);
            var values = new float[length];

            PixelScale.ToUnit(row, values);

            for (int i = 0; i < length; i++)
            {
                Assert.AreEqual(row[i] / 255f, values[i], $"byte {i} of {length}");
            }
        }
    }
}
