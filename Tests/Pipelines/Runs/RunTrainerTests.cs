using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RunTrainerTests : IDisposable
{
    private static readonly Architecture Architecture = ModelCatalog.Get("dense-49");
    private static readonly TrainingOptions Options = TrainingOptions.For(Architecture) with { Steps = 6, BatchSize = 10 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void ARunAppearsWholeAtItsEndAndIsItsOwnRecord()
    {
        RowSet images = Images();
        using (RunTrainer run = Create())
        using (EncoderNetwork network = Architecture.CreateNetwork(seed: 1))
        {
            run.KeepCheckpoints();
            TrainingHistory history = run.Train(network, images, images, [], CancellationToken.None);
            Assert.IsTrue(run.Export(network, history) > 0);
            run.Verify(images, CancellationToken.None);
            Assert.IsFalse(Directory.Exists(_folder["run"]));
            run.Commit(RunData.Describe("some", images, images), new Dictionary<string, double> { ["figure"] = 3 });
        }

        RunRecord record = RunRecord.Load(_folder["run"]);
        Assert.AreEqual((6L, 3), (record.History!.Epochs[^1].Step, record.Metrics["figure"]));
        Assert.IsNotNull(record.Verification);
        CollectionAssert.AreEquivalent(new[] { "data", "run" }, Names());
        Assert.ThrowsExactly<IOException>(() => Create());
    }

    [TestMethod]
    public void AStoppedRunWithCheckpointsGoesOnAndOneWithoutLeavesNothing()
    {
        TrainingInterruptedException stopped = Assert.ThrowsExactly<TrainingInterruptedException>(() => Stop(keepCheckpoints: true));
        Assert.AreEqual("Stopped; nothing is lost: the same command goes on from here.", stopped.Message);
        CollectionAssert.AreEquivalent(new[] { "data", "run.unfinished" }, Names());

        using (RunTrainer run = Create())
        using (EncoderNetwork network = Architecture.CreateNetwork(seed: 1))
        {
            run.KeepCheckpoints();
            Assert.AreEqual(6, run.Train(network, Images(), null, [], CancellationToken.None).Epochs[^1].Step);
        }

        Directory.Delete(_folder["run.unfinished"], recursive: true);
        Assert.ThrowsExactly<OperationCanceledException>(() => Stop(keepCheckpoints: false));
        CollectionAssert.AreEquivalent(new[] { "data" }, Names());
    }

    private void Stop(bool keepCheckpoints)
    {
        using var stop = new CancellationTokenSource();
        using RunTrainer run = Create();
        using EncoderNetwork network = Architecture.CreateNetwork(seed: 1);
        if (keepCheckpoints)
        {
            run.KeepCheckpoints();
        }

        run.Train(network, Images(), null, [new StopAfterABatch(stop)], stop.Token);
    }

    private RunTrainer Create() => new(_folder["run"], Architecture, Options, TimeProvider.System);

    private RowSet Images()
    {
        string data = _folder["data"];
        return RowSet.Load(Path.Combine(Directory.Exists(data) ? data : SyntheticDataSet.Write(data, train: 20, test: 10), "train-images-idx3-ubyte"));
    }

    private string?[] Names() => [.. Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName)];

    private sealed class StopAfterABatch(CancellationTokenSource stop) : ITrainingCallback
    {
        public void OnBatchCompleted(in TrainingProgress progress) => stop.Cancel();
    }
}
