using OnnxAE.Pipelines.FewLabels;

namespace OnnxAE.Tests.Pipelines.FewLabels;

[TestClass]
public sealed class LabelFoldsTests
{
    [TestMethod]
    public void FoldsHoldEachLabeledRowOnceAndEveryClassAlike()
    {
        uint[] keys = [.. Enumerable.Range(0, 200).Select(row => row % 5 == 0 ? (uint)(row / 5 % 2) + 1 : 0)];
        List<int[]> folds = LabelFolds.Make(keys, 4, mostRows: 1000, seed: 1);
        Assert.HasCount(4, folds);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 200).Where(row => keys[row] != 0).ToArray(), folds.SelectMany(fold => fold).ToArray());
        Assert.IsTrue(folds.All(fold => fold.Count(row => keys[row] == 1) == 5));
        Assert.HasCount(20, LabelFolds.Make(keys, 4, mostRows: 20, seed: 1).SelectMany(fold => fold).ToArray());
        Assert.HasCount(1, LabelFolds.Make([1, 0, 2, 2, 2], 4, 1000, seed: 1));
    }
}
