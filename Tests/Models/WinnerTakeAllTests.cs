using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class WinnerTakeAllTests
{
    [TestMethod]
    public void OneValueAMapIsKeptAndTheFirstOfEqualOnes()
    {
        using var winners = new WinnerTakeAll(lifetime: 0.5);
        using var scope = NewDisposeScope();
        winners.eval();
        Tensor maps = tensor(new float[] { 1, 3, 2, 0, 5, 5, 4, 5 }, [1, 2, 2, 2]);

        CollectionAssert.AreEqual(new float[] { 0, 3, 0, 0, 5, 0, 0, 0 }, winners.call(maps).data<float>().ToArray());
    }

    [TestMethod]
    public void InTrainingAMapWinsInItsShareOfTheImagesOnly()
    {
        using var winners = new WinnerTakeAll(lifetime: 0.5);
        using var scope = NewDisposeScope();
        // Four images of one map of two pixels: the maxima are 1, 4, 3 and 2.
        Tensor maps = tensor(new float[] { 1, 0, 4, 0, 0, 3, 2, 0 }, [4, 1, 1, 2]);

        CollectionAssert.AreEqual(new float[] { 0, 0, 4, 0, 0, 3, 0, 0 }, winners.call(maps).data<float>().ToArray());
        winners.eval();
        CollectionAssert.AreEqual(new float[] { 1, 0, 4, 0, 0, 3, 2, 0 }, winners.call(maps).data<float>().ToArray());
    }

    [TestMethod]
    public void AShareOfTheImagesThatIsNoWholeNumberIsRoundedUp()
    {
        using var winners = new WinnerTakeAll(lifetime: 0.3); // of four images 1.2, so two
        using var scope = NewDisposeScope();
        Tensor maps = tensor(new float[] { 1, 4, 3, 2 }, [4, 1, 1, 1]);
        CollectionAssert.AreEqual(new float[] { 0, 4, 3, 0 }, winners.call(maps).data<float>().ToArray());
    }

    [TestMethod]
    public void GradientsFlowToTheWinnersAlone()
    {
        using var winners = new WinnerTakeAll(lifetime: 1);
        using var scope = NewDisposeScope();
        Tensor maps = tensor(new float[] { 1, 3, 2, 0 }, [1, 1, 2, 2]).requires_grad_();
        winners.call(maps).sum().backward();

        CollectionAssert.AreEqual(new float[] { 0, 1, 0, 0 }, maps.grad!.data<float>().ToArray());
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.5)]
    [DataRow(double.NaN)]
    public void AShareOutsideItsRangeIsRefused(double lifetime)
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new WinnerTakeAll(lifetime));
    }
}
