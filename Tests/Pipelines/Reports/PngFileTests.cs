using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PngFileTests
{
    private const int Width = 20;
    private const int Height = 28;

    [TestMethod]
    public void GreysAreReadBackAsTheyWere()
    {
        byte[] pixels = [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i * 37))];
        byte[] png = PngFile.Encode(pixels, Width, Height);

        CollectionAssert.AreEqual(new byte[] { 8, 0 }, png[24..26]); // bits and kind: grey
        CollectionAssert.AreEqual(pixels, Read(png, Height, Width));
    }

    [TestMethod]
    public void ColoursAreReadBackAsTheyWere()
    {
        byte[] pixels = [.. Enumerable.Range(0, 4 * Width * Height).Select(i => (byte)(i * 37))];
        byte[] png = PngFile.EncodeColor(pixels, Width, Height);

        CollectionAssert.AreEqual(new byte[] { 8, 2 }, png[24..26]); // red, green and blue
        byte[] planes = Read(png, 3, Height, Width);
        for (int i = 0; i < planes.Length; i++)
        {
            Assert.AreEqual(pixels[(i % (Width * Height) * 4) + (i / (Width * Height))], planes[i]);
        }
    }

    [TestMethod]
    [DataRow(5, 2, 3)]
    [DataRow(7, 2, 3)]
    [DataRow(0, 0, 3)]
    public void PixelsThatDoNotFillThePictureAreRefused(int pixels, int width, int height) =>
        Assert.ThrowsExactly<ArgumentException>(() => PngFile.Encode(new byte[pixels], width, height));

    private static byte[] Read(byte[] png, params int[] shape)
    {
        PictureDecoder decoder = new(shape);
        return decoder.ReadPlanes(png);
    }
}
