using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ImageSetTests
{
    [TestMethod]
    public void Holds_images_and_labels_of_two_files()
    {
        using TemporaryFolder folder = new();
        byte[] content = IdxFiles.Random(1, 3, 2, 4);
        ImageSet set = ImageSet.Load(folder.Write("i", content), folder.Write("l", IdxFiles.Gzip(IdxFiles.Labels(0, 9, 4))));
        Assert.AreEqual((3, 2, 4, 8, 10, true), (set.Count, set.Height, set.Width, set.PixelCount, set.ClassCount, set.HasLabels));
        Assert.IsTrue(set.GetImage(1).SequenceEqual(content.AsSpan(16 + 8, 8)));
        CollectionAssert.AreEqual(new byte[] { 0, 9, 4 }, set.Labels.ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => set.GetImage(3).Length);
    }

    [TestMethod]
    public void The_number_of_classes_is_that_of_the_labels_or_what_was_given_and_a_slice_keeps_it()
    {
        Assert.AreEqual(2, new ImageSet(new byte[2], 1, 1, new byte[] { 0, 1 }).ClassCount);
        Assert.AreEqual(5, new ImageSet(new byte[2], 1, 1, new byte[] { 0, 1 }, classCount: 5).ClassCount);
        Assert.AreEqual(27, new ImageSet(new byte[2], 1, 1, new byte[] { 26, 0 }).Slice(1, 1).ClassCount);
        Assert.AreEqual(27, new ImageSet(new byte[2], 1, 1, new byte[] { 0, 26 }).ClassCount);
        Assert.AreEqual(0, new ImageSet(new byte[2], 1, 1).ClassCount);
    }

    [TestMethod]
    public void A_slice_has_its_images_and_their_labels()
    {
        ImageSet slice = new ImageSet(new byte[] { 1, 2, 3, 4, 5, 6 }, 1, 2, new byte[] { 7, 8, 9 }).Slice(1, 2);
        CollectionAssert.AreEqual(new byte[] { 3, 4, 5, 6 }, slice.Pixels.ToArray());
        CollectionAssert.AreEqual(new byte[] { 8, 9 }, slice.Labels.ToArray());
    }

    [TestMethod]
    public void Files_that_do_not_fit_together_are_refused()
    {
        using TemporaryFolder folder = new();
        string images = folder.Write("i", IdxFiles.Random(1, 3, 2, 4));
        string labels = folder.Write("l", IdxFiles.Labels(0, 1));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ImageSet.Load(images, labels)).Message, "2 labels");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ImageSet.Load(labels, labels)).Message, "expected images");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ImageSet.Load(images, images)).Message, "expected a list of labels");
        Assert.ThrowsExactly<ArgumentException>(() => new ImageSet(new byte[5], 2, 2));
        Assert.ThrowsExactly<ArgumentException>(() => new ImageSet(new byte[4], 2, 2, new byte[2]));
    }
}
