using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class RowOperationTests
{
    private static readonly MLContext Context = new(1);
    private static readonly JsonElement Golden = GoldenFile.Json("rows.json");

    private static IDataView Rows { get; } =
        Context.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new Numbered { Id = i, Weight = i / 10f }).ToArray());

    [TestMethod]
    public void TakeSkipAndFilterKeepTheRowsThatMlNetKeeps()
    {
        CollectionAssert.AreEqual(Expected("take"), Ids(Context.Data.TakeRows(Rows, 3)));
        CollectionAssert.AreEqual(Expected("skip"), Ids(Context.Data.SkipRows(Rows, 97)));
        CollectionAssert.AreEqual(Expected("filter"), Ids(Context.Data.FilterRowsByColumn(Rows, "Weight", 2, 3)));
        Assert.AreEqual(3, Context.Data.TakeRows(Rows, 3).GetRowCount());
        Assert.AreEqual(3, Context.Data.SkipRows(Rows, 97).GetRowCount());
    }

    [TestMethod]
    public void ASeedSplitsTheRowsAsItDoesInMlNet()
    {
        DataOperationsCatalog.TrainTestData split = Context.Data.TrainTestSplit(Rows, 0.2, seed: 1);
        CollectionAssert.AreEqual(Expected("splitSeed1Test"), Ids(split.TestSet));
        CollectionAssert.AreEqual(Expected("splitSeed1Train"), Ids(split.TrainSet));
    }

    [TestMethod]
    public void ASplitWithoutASeedTakesTheContexts()
    {
        int[] first = Ids(Context.Data.TrainTestSplit(Rows, 0.2).TestSet);
        CollectionAssert.AreEqual(Expected("splitSeed1Test"), first);
        CollectionAssert.AreEqual(first, Ids(Context.Data.TrainTestSplit(Rows, 0.2).TestSet));
    }

    [TestMethod]
    public void AFractionOutsideZeroAndOneIsRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Context.Data.TrainTestSplit(Rows, 1.5));
        Assert.AreEqual(GoldenFile.Json("errors.json").GetProperty("split: fraction 1.5").GetProperty("message").GetString(), error.Message);
    }

    [TestMethod]
    [DataRow("Group")]
    [DataRow("Weight")]
    [DataRow("Key")]
    [DataRow("Name")]
    public void RowsOfOneSamplingKeyStayTogether(string column)
    {
        Grouped[] rows = [.. Enumerable.Range(0, 200).Select(i => new Grouped { Id = i, Group = i % 20, Weight = i % 20, Key = (uint)i % 20, Name = $"group {i % 20}" })];
        DataOperationsCatalog.TrainTestData split = Context.Data.TrainTestSplit(Context.Data.LoadFromEnumerable(rows), 0.3, column, seed: 1);
        int[] train = Ids(split.TrainSet);
        int[] test = Ids(split.TestSet);

        CollectionAssert.AreEquivalent(rows.Select(row => row.Id).ToArray(), train.Concat(test).ToArray());
        Assert.IsInRange(10, 120, test.Length);
        Assert.IsEmpty(train.Select(id => id % 20).Intersect(test.Select(id => id % 20)));
        Assert.AreSequenceEqual(new[] { "Id", "Group", "Weight", "Key", "Name" }, split.TestSet.Schema.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void ASamplingKeyThatIsNotThereIsRefused() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Context.Data.TrainTestSplit(Rows, 0.2, "Nope"));

    [TestMethod]
    [DataRow(7)]
    [DataRow(1000)]
    public void ShufflingReordersTheRowsTheSameWayForASeed(int poolSize)
    {
        int[] shuffled = Ids(Context.Data.ShuffleRows(Rows, 1, poolSize));
        CollectionAssert.AreEqual(shuffled, Ids(Context.Data.ShuffleRows(Rows, 1, poolSize)));
        CollectionAssert.AreEquivalent(Ids(Rows), shuffled);
        CollectionAssert.AreNotEqual(Ids(Rows), shuffled);
    }

    [TestMethod]
    public void ShufflingKeepsTheValuesOfARowTogether()
    {
        IDataView shuffled = Context.Data.ShuffleRows(Rows, 1, 10);
        foreach (Numbered row in Context.Data.CreateEnumerable<Numbered>(shuffled, reuseRowObject: false))
            Assert.AreEqual(row.Id / 10f, row.Weight);
    }

    [TestMethod]
    public void ACachedColumnIsReadFromTheSourceOnce()
    {
        int passes = 0;
        IDataView cached = Context.Data.Cache(Context.Data.LoadFromEnumerable(Counted()));
        CollectionAssert.AreEqual(Ids(cached), Ids(cached));
        Assert.AreEqual(1, passes);
        Assert.IsTrue(cached.CanShuffle);
        CollectionAssert.AreEquivalent(Ids(Rows), Ids(Context.Data.ShuffleRows(cached, 5)));

        IEnumerable<Numbered> Counted()
        {
            passes++;
            for (int i = 0; i < 100; i++)
                yield return new Numbered { Id = i };
        }
    }

    [TestMethod]
    public void AFilterNeedsANumberAndARange()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Context.Data.FilterRowsByColumn(Rows, "Name"));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Context.Data.FilterRowsByColumn(Rows, "Weight", 3, 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Context.Data.TakeRows(Rows, 0));
    }

    private static int[] Ids(IDataView view) => [.. view.GetColumn<int>("Id")];

    private static int[] Expected(string name) => [.. Golden.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

    private sealed class Numbered
    {
        public int Id;
        public float Weight;
        public string Name = "";
    }

    private sealed class Grouped
    {
        public int Id;
        public int Group;
        public float Weight;

        [KeyType(20)]
        public uint Key;

        public string Name = "";
    }
}
