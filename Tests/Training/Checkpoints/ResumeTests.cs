using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ResumeTests
{
    private static readonly RowSet Train = TinyData.Bars(100);
    private static readonly RowSet Validation = TinyData.Bars(30, seed: 2);

    // 7 steps an epoch, the last of a batch of 4; the run ends in the middle of its fourth epoch.
    private static readonly TrainingOptions Options = new()
    {
        Steps = 24,
        BatchSize = 16,
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.OneCycle,
        GradientClipping = 1,
        Corruption = new CorruptionChain(new GaussianNoise(0, 0.2), new MaskingNoise(0.3)),
        Objective = ObjectiveNotation.Parse("mse(16) + kl(0.5, 2)"),
    };

    [TestMethod]
    [DataRow(OptimizerKind.Adam, 1)]
    [DataRow(OptimizerKind.AdamW, 7)] // cancelled before the epoch's validation
    [DataRow(OptimizerKind.RMSprop, 10)]
    [DataRow(OptimizerKind.Sgd, 23)]
    public void ACancelledRunGoesOnToTheSameBits(OptimizerKind optimizer, int step)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options with { Optimizer = optimizer, Momentum = 0.9 };
        Outcome whole = Outcome.Of(options, folder["whole"]);

        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(
            () => Outcome.Of(options, folder["parts"], null, new AtStep(step, cancellation.Cancel), cancellation.Token));
        Outcome resumed = Outcome.Of(options, folder["parts"], folder["parts/checkpoint"]);

        whole.AssertEqual(resumed);
    }

    [TestMethod]
    public void ACrashedRunGoesOnFromItsLastCheckpoint()
    {
        using var folder = new TemporaryFolder();
        Outcome whole = Outcome.Of(Options, folder["whole"]);

        // Checkpoints come every 5 steps: steps 16 and 17 are done twice.
        Assert.ThrowsExactly<IOException>(
            () => Outcome.Of(Options, folder["parts"], null, new AtStep(17, () => throw new IOException("power cut"))));
        Outcome resumed = Outcome.Of(Options, folder["parts"], folder["parts/checkpoint"]);

        whole.AssertEqual(resumed);
    }

    [TestMethod]
    public void ARunThatEarlyStoppingEndedStaysEnded()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options with { LearningRate = 1e-12, Steps = 70 }; // nothing improves but by chance
        Outcome whole = Outcome.Of(options, folder["run"]);
        Outcome resumed = Outcome.Of(options, folder["run"], folder["run/checkpoint"]);

        StringAssert.StartsWith(whole.History.StopReason, "early stopping: no validation loss below");
        whole.AssertEqual(resumed);
    }

    private sealed record Outcome(TrainingHistory History, string Weights, int BestEpoch, string[] Csv)
    {
        public static Outcome Of(
            TrainingOptions options, string folder, string? checkpoint = null, ITrainingCallback? more = null, CancellationToken cancellationToken = default)
        {
            using var model = new NoisyNetwork(seed: checkpoint is null ? 1 : 99); // a resumed network's first weights must not matter
            using var best = new BestWeights();
            using var csv = new CsvLog(Path.Combine(folder, "log.csv"));
            using var tensorBoard = new TensorBoardLog(folder, everySteps: 1);
            var trainer = new AutoencoderTrainer(options);
            List<ITrainingCallback> callbacks =
            [
                best, csv, tensorBoard, new EarlyStopping(patience: 2),
                new PeriodicCheckpoints(Path.Combine(folder, "checkpoint"), CheckpointInterval.EverySteps(5)),
            ];
            if (more is not null)
            {
                callbacks.Add(more);
            }

            TrainingHistory history = checkpoint is null
                ? trainer.Fit(model, Train, Validation, callbacks, cancellationToken)
                : trainer.Resume(checkpoint, model, Train, Validation, callbacks, cancellationToken);
            csv.Dispose();
            string[] lines = [.. File.ReadLines(csv.Path).Select(line => string.Join(',', line.Split(',')[..^2]))]; // without the times
            return new Outcome(history, ModuleWeights.Hash(model), best.Epoch, lines);
        }

        public void AssertEqual(Outcome other)
        {
            Assert.AreEqual(Weights, other.Weights);
            Assert.AreEqual(BestEpoch, other.BestEpoch);
            Assert.AreEqual(string.Join('\n', Csv), string.Join('\n', other.Csv));
            Assert.AreEqual(History.StopReason, other.History.StopReason);
            CollectionAssert.AreEqual(
                History.Epochs.Select(e => (e.TrainLoss, e.ValidationLoss, e.TrainParts!["kl"])).ToArray(),
                other.History.Epochs.Select(e => (e.TrainLoss, e.ValidationLoss, e.TrainParts!["kl"])).ToArray());
        }
    }

    private sealed class AtStep(int step, Action action) : ITrainingCallback
    {
        public void OnSettled(TrainingRun run)
        {
            if (run.Step == step)
            {
                action();
            }
        }
    }
}
