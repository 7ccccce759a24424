using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RowSetTests
{
    [TestMethod]
    public void Holds_images_and_labels_of_two_files()
    {
        using TemporaryFolder folder = new();
        byte[] content = IdxFiles.Random(1, 3, 2, 4);
        RowSet set = RowSet.Load(folder.Write("i", content), folder.Write("l", IdxFiles.Gzip(IdxFiles.Labels(0, 9, 4))));
        Assert.AreEqual((3, 2, 4, 8, 10, true), (set.Count, set.Height, set.Width, set.Size, set.ClassCount, set.HasLabels));
        Assert.IsTrue(set.GetBytes(1).SequenceEqual(content.AsSpan(16 + 8, 8)));
        CollectionAssert.AreEqual(new[] { 0, 9, 4 }, set.Labels.ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => set.GetBytes(3).Length);
    }

    [TestMethod]
    public void The_number_of_classes_is_that_of_the_labels_or_what_was_given_and_a_slice_keeps_it()
    {
        Assert.AreEqual(2, new RowSet(new byte[2], [1, 1, 1], new[] { 0, 1 }).ClassCount);
        Assert.AreEqual(5, new RowSet(new byte[2], [1, 1, 1], new[] { 0, 1 }, ["a", "b", "c", "d", "e"]).ClassCount);
        Assert.AreEqual(27, new RowSet(new byte[2], [1, 1, 1], new[] { 26, 0 }).Slice(1, 1).ClassCount);
        Assert.AreEqual(27, new RowSet(new byte[2], [1, 1, 1], new[] { 0, 26 }).ClassCount);
        Assert.AreEqual(0, new RowSet(new byte[2], [1, 1, 1]).ClassCount);
    }

    [TestMethod]
    public void A_slice_has_its_images_and_their_labels()
    {
        RowSet slice = new RowSet(new byte[] { 1, 2, 3, 4, 5, 6 }, [1, 1, 2], new[] { 7, 8, 9 }).Slice(1, 2);
        CollectionAssert.AreEqual(new byte[] { 3, 4, 5, 6 }, slice.AllBytes());
        CollectionAssert.AreEqual(new[] { 8, 9 }, slice.Labels.ToArray());
    }

    [TestMethod]
    public void Files_that_do_not_fit_together_are_refused()
    {
        using TemporaryFolder folder = new();
        string images = folder.Write("i", IdxFiles.Random(1, 3, 2, 4));
        string labels = folder.Write("l", IdxFiles.Labels(0, 1));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => RowSet.Load(images, labels)).Message, "2 labels");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => RowSet.Load(labels, labels)).Message, "expected images");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => RowSet.Load(images, images)).Message, "expected a list of labels");
        Assert.ThrowsExactly<ArgumentException>(() => new RowSet(new byte[5], [1, 2, 2]));
        Assert.ThrowsExactly<ArgumentException>(() => new RowSet(new byte[4], [1, 2, 2], new int[2]));
    }

    [TestMethod]
    public void Rows_of_floats_are_as_they_are_and_bytes_are_divided_by_255()
    {
        CollectionAssert.AreEqual(new[] { -7f, 1e9f }, new RowSet(new[] { 0f, 1f, -7f, 1e9f }, [2]).ToArray(1));
        CollectionAssert.AreEqual(new[] { 51 / 255f }, new RowSet(new byte[] { 0, 51 }, [1, 1, 1]).ToArray(1));
        CollectionAssert.AreEqual(new byte[] { 0, 255, 128 }, new RowSet(new[] { -1f, 2f, 0.5f }, [3, 1, 1]).GetPicture(0));
        Assert.ThrowsExactly<InvalidOperationException>(() => new RowSet(new float[2], [2]).GetBytes(0).Length);
        Assert.ThrowsExactly<ArgumentException>(() => new RowSet(new byte[2], [2])); // bytes are pixels
        Assert.ThrowsExactly<ArgumentException>(() => new RowSet(new float[4], [2, 2]));
        Assert.ThrowsExactly<ArgumentException>(() => new RowSet(new float[2], [1], new[] { 0, -2 }));
        Assert.ThrowsExactly<ArgumentException>(() => new RowSet(new float[2], [1], new[] { 0, 2 }, ["a", "b"]));
    }

    [TestMethod]
    public void Rows_can_be_chosen_and_choices_sliced_and_chosen_again()
    {
        var rows = new RowSet(new[] { 0f, 1f, 2f, 3f, 4f, 5f }, [1], new[] { 0, 1, -1, 1, 0, 2 }, ["a", "b", "c"]);
        RowSet some = rows.Slice(1, 5).Choose([4, 0, 2, 1]);
        CollectionAssert.AreEqual(new[] { 5f, 1f, 3f, 2f }, Numbers(some));
        CollectionAssert.AreEqual(new[] { 2, 1, 1, -1 }, some.Labels.ToArray());
        CollectionAssert.AreEqual(new[] { 3f, 2f }, Numbers(some.Slice(2, 2)));
        CollectionAssert.AreEqual(new[] { 2f, 5f }, Numbers(some.Choose([3, 0])));
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, some.Slice(2, 2).Classes.ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rows.Slice(4, 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rows.Choose([6]));
        Assert.AreEqual(rows.Slice(1, 2).Hash(), new RowSet(new[] { 1f, 2f }, [1]).Hash());
    }

    [TestMethod]
    public void Rows_that_come_one_by_one_are_found_in_whichever_block_they_lie()
    {
        const int size = 1 << 21, count = 5; // two rows a block
        var builder = new RowBlocksBuilder<byte>(size);
        for (int i = 0; i < count; i++)
        {
            builder.Add().Fill((byte)i);
        }

        RowBlocks<byte> blocks = builder.ToBlocks();
        Assert.AreEqual((count, 3), (blocks.Count, blocks.Blocks.Count));
        for (int i = 0; i < count; i++)
        {
            Assert.IsTrue(blocks.Row(i).Length == size && !blocks.Row(i).ContainsAnyExcept((byte)i));
        }
    }

    private static float[] Numbers(RowSet rows) => [.. Enumerable.Range(0, rows.Count).SelectMany(rows.ToArray)];
}
