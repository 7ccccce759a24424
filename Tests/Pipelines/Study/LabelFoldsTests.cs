using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LabelFoldsTests
{
    [TestMethod]
    public void FoldsHoldEachLabeledRowOnceAndEveryClassAlike()
    {
        uint[] keys = [.. Enumerable.Range(0, 200).Select(row => row % 5 == 0 ? (uint)(row / 5 % 2) + 1 : 0)];
        IReadOnlyList<int[]> folds = LabelFolds.Make(keys, 4, mostRows: 1000, seed: 1).Held;
        Assert.HasCount(4, folds);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 200).Where(row => keys[row] != 0).ToArray(), folds.SelectMany(fold => fold).ToArray());
        Assert.IsTrue(folds.All(fold => fold.Count(row => keys[row] == 1) == 5));
        Assert.HasCount(20, LabelFolds.Make(keys, 4, mostRows: 20, seed: 1).Held.SelectMany(fold => fold).ToArray());
    }

    [TestMethod]
    public void TheSeedShufflesTheRows()
    {
        uint[] keys = [.. Enumerable.Range(0, 40).Select(row => (uint)(row % 2) + 1)];
        Assert.AreEqual(Describe(seed: 1, mostRows: 40), Describe(seed: 1, mostRows: 40));
        Assert.AreNotEqual(Describe(seed: 1, mostRows: 40), Describe(seed: 2, mostRows: 40));
        Assert.AreNotEqual(Rows(seed: 1), Rows(seed: 2), "the rows of a part are drawn too");

        string Describe(int seed, int mostRows) => string.Join(" | ", LabelFolds.Make(keys, 4, mostRows, seed).Held.Select(fold => string.Join(' ', fold.Order())));

        string Rows(int seed) => string.Join(' ', LabelFolds.Make(keys, 4, mostRows: 20, seed).Held.SelectMany(fold => fold).Order());
    }

    [TestMethod]
    public void ARareClassFillsFewerFoldsAndASingleLabelIsNeverHeld()
    {
        uint[] keys = [1, 0, 2, 2, 3, 3, 3, 3, 3];
        LabelFolds folds = LabelFolds.Make(keys, 4, mostRows: 1000, seed: 1);
        CollectionAssert.AreEqual(new[] { 0 }, folds.Singles.ToArray());
        Assert.HasCount(4, folds.Held);
        CollectionAssert.AreEquivalent(new[] { 2, 3, 4, 5, 6, 7, 8 }, folds.Held.SelectMany(fold => fold).ToArray());
        Assert.AreEqual(2, folds.Held.Count(fold => fold.Any(row => keys[row] == 2)));
        Assert.IsTrue(folds.Held.All(fold => fold.Any(row => keys[row] == 3)));
        Assert.IsEmpty(LabelFolds.Make([1, 0, 2], 4, 1000, seed: 1).Held);
    }
}
