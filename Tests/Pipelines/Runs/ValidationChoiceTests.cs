using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ValidationChoiceTests
{
    [TestMethod]
    public void TheLastImagesAreHeldBack()
    {
        var (train, validation) = ValidationChoice.HeldBack.Split(Images(i => i % 4), Images(_ => 0));
        Assert.AreEqual((36, 4), (train.Count, validation!.Count));
        Assert.AreEqual(36, validation.GetBytes(0)[0]);
    }

    [TestMethod]
    public void ImagesThatAreSortedByClassAreNotHeldBack() =>
        Assert.Contains(
            "show class 9",
            Assert.ThrowsExactly<InvalidDataException>(() => ValidationChoice.HeldBack.Split(Images(i => i / 4), Images(_ => 0))).Message);

    [TestMethod]
    public void ImagesWithoutLabelsAreHeldBackAsTheyCome()
    {
        var images = new RowSet(new byte[40], [1, 1, 1]);
        Assert.AreEqual(4, ValidationChoice.HeldBack.Split(images, images).Validation!.Count);
    }

    private static RowSet Images(Func<int, int> label) =>
        new(Enumerable.Range(0, 40).Select(i => (byte)i).ToArray(), [1, 1, 1], Enumerable.Range(0, 40).Select(label).ToArray());
}
