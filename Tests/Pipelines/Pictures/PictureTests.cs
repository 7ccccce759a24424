using OnnxAE.Pipelines.Pictures;

namespace OnnxAE.Tests.Pipelines.Pictures;

[TestClass]
public sealed class PictureTests
{
    [TestMethod]
    public void PixelsOutsideTheUnitRangeAreCutOff()
    {
        Picture picture = Picture.FromUnitRange([-1, 0.5f, 2, float.NaN], 2);
        CollectionAssert.AreEqual(new byte[] { 0, 128, 255, 0 }, picture.Pixels);
    }

    [TestMethod]
    public void NumbersOfAnyRangeFillTheGreysAndTheLastLineMayBeShort()
    {
        Picture picture = Picture.FromRange([-2, 0, 2], width: 2, low: -2, high: 2);
        Assert.AreEqual((2, 2), (picture.Width, picture.Height));
        CollectionAssert.AreEqual(new byte[] { 0, 128, 255, 0 }, picture.Pixels);
    }

    [TestMethod]
    public void EnlargingMakesSquaresOfPixels()
    {
        Picture picture = new Picture([1, 2], 2, 1).Enlarge(2);
        Assert.AreEqual((4, 2), (picture.Width, picture.Height));
        CollectionAssert.AreEqual(new byte[] { 1, 1, 2, 2, 1, 1, 2, 2 }, picture.Pixels);
    }

    [TestMethod]
    public void ASheetHasWhiteBetweenItsPicturesAndSmallOnesInTheMiddle()
    {
        Picture large = new(new byte[16], 4, 4), small = new([9, 9, 9, 9], 2, 2);
        Picture sheet = PictureSheet.Compose([large, small, large], columns: 2);

        Assert.AreEqual((2 + 4 + 2 + 4 + 2, 14), (sheet.Width, sheet.Height));
        Assert.AreEqual(255, sheet.Pixels[0]);
        Assert.AreEqual(0, sheet.Pixels[(2 * 14) + 2]);
        Assert.AreEqual(9, sheet.Pixels[(3 * 14) + 9]); // the second cell begins at 8, its picture one pixel further in
        Assert.AreEqual(255, sheet.Pixels[^1]); // the fourth cell is empty
    }

    [TestMethod]
    public void AScatterPlotShowsEveryPointInItsColourAtItsPlace()
    {
        ScatterPlot plot = ScatterPlot.Draw([(0, 0), (1, 1), (double.NaN, 3)], [0, 1, 2], 64);
        Assert.AreEqual(ClassColors.Of(0), At(12, 64 - 1 - 12)); // bottom left
        Assert.AreEqual(ClassColors.Of(1), At(64 - 1 - 12, 12)); // top right
        Assert.AreEqual(((byte)255, (byte)255, (byte)255), At(20, 40));
        Assert.AreEqual(ClassColors.Of(2), At(2, 2 + (2 * 7))); // the legend: a line of seven a class

        (byte, byte, byte) At(int x, int y) => (plot.Pixels[((y * 64) + x) * 3], plot.Pixels[(((y * 64) + x) * 3) + 1], plot.Pixels[(((y * 64) + x) * 3) + 2]);
    }

    [TestMethod]
    public void PointsWithoutExtentAreDrawnInTheMiddle()
    {
        ScatterPlot plot = ScatterPlot.Draw([(7, 7), (7, 7)], [], 65);
        Assert.AreEqual(ClassColors.Of(0).R, plot.Pixels[((32 * 65) + 32) * 3]);
    }

    [TestMethod]
    public void NothingFiniteIsNothingToDraw() =>
        Assert.ThrowsExactly<InvalidDataException>(() => ScatterPlot.Draw([(double.NaN, 0)], [], 64));
}
