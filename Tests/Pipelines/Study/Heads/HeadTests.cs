using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class HeadTests
{
    private const int RowCount = 60, ClassCount = 2;

    private static readonly HeadSettings Settings = new();
    private static readonly StandardFeatures Features = new(Stores.Of([.. Enumerable.Range(0, RowCount).Select(i => new[] { i % ClassCount, i / (float)RowCount, 1 })]), null!, null!);
    private static readonly uint[] Keys = [.. Enumerable.Range(0, RowCount).Select(row => row < 20 ? (uint)(row % ClassCount) + 1 : 0)];

    private static IEnumerable<object[]> Stoppable =>
    [
        [new PerceptronHead(Settings)], [new SelfTrainingHead(Settings)], [new SpreadingHead(HeadKind.Linear, Settings)], [new SpreadingHead(HeadKind.Mlp, Settings)],
    ];

    [TestMethod]
    [DynamicData(nameof(Stoppable))]
    public void AStoppedTaskEndsATrainerThatTakesLong(object head)
    {
        using var stop = new CancellationTokenSource();
        NearestNeighbors neighbors = Features.FindNeighbors(Settings.NeighborCount, new NoProgress(), "rows", CancellationToken.None);
        var ml = new MLContext(seed: 1);
        IEstimator<ITransformer> trainer = ((Head)head).CreateTrainer(new HeadTask(ml, 0.01, Features.Dimension, neighbors, 1, stop.Token));
        IDataView rows = Features.Rows.View(ml, Keys, rows: null, ClassCount);
        Assert.IsNotNull(trainer.Fit(rows));
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(rows));
    }

    [TestMethod]
    public void HeadsThatLearnFromHiddenLabelsAreNotForAllLabels()
    {
        var whole = new LabelSlice(1, 0, 1, [0, 1], [1, 2], ClassCount);
        Assert.IsTrue(whole.IsWhole);
        Assert.IsNull(new LinearHead(Settings).WhyNot(whole));
        Assert.Contains("no label is hidden", new SelfTrainingHead(Settings).WhyNot(whole)!);
        Assert.Contains("no label is hidden", new SpreadingHead(HeadKind.Linear, Settings).WhyNot(whole)!);
        Assert.IsNull(new SpreadingHead(HeadKind.Linear, Settings).WhyNot(whole with { Keys = [1, 0], Rows = [0] }));
    }
}
