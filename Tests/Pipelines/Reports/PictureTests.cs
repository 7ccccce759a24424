using OnnxAE.Pipelines;
using SkiaSharp;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PictureTests
{
    [TestMethod]
    public void PixelsOutsideTheUnitRangeAreCutOff()
    {
        Picture picture = Picture.FromUnitRange([-1, 0.5f, 2, float.NaN], [1, 2, 2]);
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
        Picture sheet = Picture.Sheet([large, small, large], columns: 2);

        Assert.AreEqual((2 + 4 + 2 + 4 + 2, 14), (sheet.Width, sheet.Height));
        Assert.AreEqual(255, sheet.Pixels[0]);
        Assert.AreEqual(0, sheet.Pixels[(2 * 14) + 2]);
        Assert.AreEqual(9, sheet.Pixels[(3 * 14) + 9]); // the second cell begins at 8, its picture one pixel further in
        Assert.AreEqual(255, sheet.Pixels[^1]); // the fourth cell is empty
    }

    [TestMethod]
    public void AScatterPlotShowsEveryPointInItsColourAtItsPlace()
    {
        byte[] plot = ScatterPlot.Draw([(0, 0), (1, 1), (double.NaN, 3)], [0, 1, 2], 64);
        Assert.AreEqual(ClassColors.Of(0), ColorAt(plot, 64, 11, 52)); // bottom left: margin 9, frame, a mark of 2
        Assert.AreEqual(ClassColors.Of(1), ColorAt(plot, 64, 52, 2)); // top right
        Assert.AreEqual(SKColors.White, ColorAt(plot, 64, 20, 40));
        Assert.AreEqual(ClassColors.Of(2), ColorAt(plot, 64, 57, 2 + (2 * 8) + 2)); // the legend: a line of eight a class
    }

    [TestMethod]
    public void PointsWithoutExtentAreDrawnInTheMiddle()
    {
        byte[] plot = ScatterPlot.Draw([(7, 7), (7, 7)], [], 65);
        Assert.AreEqual(ClassColors.Of(0), ColorAt(plot, 65, 37, 28));
    }

    [TestMethod]
    public void TheEndsOfBothAxesAreNumbered()
    {
        byte[] plot = ScatterPlot.Draw([(-1, 0), (1, 4)], [], 64);
        byte[] other = ScatterPlot.Draw([(-1, 0), (1, 7)], [], 64); // the 7 stands at the upper left; all else is the same
        int[] changed = [.. Enumerable.Range(0, 64 * 64).Where(i => ColorAt(plot, 64, i % 64, i / 64) != ColorAt(other, 64, i % 64, i / 64))];
        Assert.IsNotEmpty(changed);
        Assert.IsTrue(changed.All(i => i % 64 < 9 && i / 64 < 9));
        int[] minus = [.. Enumerable.Range(9, 3).Select(x => (int)ColorAt(plot, 64, x, 64 - 9 + 2 + 2).Red)]; // of -1, below the frame
        CollectionAssert.AreEqual(new[] { 60, 60, 60 }, minus);
    }

    [TestMethod]
    public void NoTwoClassesOfTenShareAColour() => Assert.HasCount(10, Enumerable.Range(0, 10).Select(ClassColors.Of).Distinct());

    [TestMethod]
    public void NothingFiniteIsNothingToDraw() =>
        Assert.ThrowsExactly<InvalidDataException>(() => ScatterPlot.Draw([(double.NaN, 0)], [], 64));

    private static SKColor ColorAt(byte[] plot, int size, int x, int y) =>
        new(plot[((y * size) + x) * 4], plot[(((y * size) + x) * 4) + 1], plot[(((y * size) + x) * 4) + 2]);
}
