using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PsnrTests
{
    private const double Exact = 1e-6; // one rounding of the differences to float

    [TestMethod]
    public void DifferenceOfATenthIsTwentyDecibels()
    {
        var psnr = new Psnr();
        psnr.Add([0.5f, 0.2f, 0.9f], [0.6f, 0.1f, 0.8f]);
        Assert.AreEqual(20, psnr.Decibels, Exact);
    }

    [TestMethod]
    public void ErrorsOfAllPicturesAreAveragedBeforeTheLogarithm()
    {
        var psnr = new Psnr();
        psnr.Add([0f, 0f], [0f, 0f]);
        psnr.Add([0f, 0f], [0.5f, 0.5f]);
        Assert.AreEqual(-10 * Math.Log10(0.125), psnr.Decibels, Exact);
    }

    [TestMethod]
    public void PicturesOfDifferentSizeAreRefused() =>
        Assert.ThrowsExactly<ArgumentException>(() => new Psnr().Add([0f], [0f, 1f]));

    [TestMethod]
    public void NoPicturesHaveNoRatio() =>
        Assert.ThrowsExactly<InvalidOperationException>(() => new Psnr().Decibels);
}
