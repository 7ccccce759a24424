using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CheckpointIntervalTests
{
    [TestMethod]
    [DataRow("500", 500L, null)]
    [DataRow("10m", null, 10.0)]
    [DataRow("0.5 min", null, 0.5)]
    public void StepsAndMinutesAreTold(string text, long? steps, double? minutes)
    {
        CheckpointInterval interval = CheckpointInterval.Parse(text);
        Assert.AreEqual(steps, interval.Steps);
        Assert.AreEqual(minutes, interval.Time?.TotalMinutes);
        Assert.AreEqual(interval, CheckpointInterval.Parse(interval.ToString()));
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("0.0m")]
    [DataRow("-5")]
    [DataRow("10h")]
    [DataRow("")]
    public void AnythingElseIsRefused(string text) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => CheckpointInterval.Parse(text)).Message, "such as 10m");

    [TestMethod]
    public void TimeDecidesWhereMinutesAreAskedFor()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyData.Autoencoder();
        var time = new SteppedTime();
        var saved = new List<long>();
        var checkpoints = new PeriodicCheckpoints(folder["checkpoint"], CheckpointInterval.EveryMinutes(3), time);
        new AutoencoderTrainer(new TrainingOptions { Epochs = 1, BatchSize = 10 }).Fit(
            model, TinyData.Bars(100), callbacks: [new Minute(time), checkpoints, new WhenWritten(checkpoints.Path, saved)]);

        CollectionAssert.AreEqual(new long[] { 3, 6, 9 }, saved); // and once more at the end
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Now;
    }

    private sealed class Minute(SteppedTime time) : ITrainingCallback
    {
        public void OnBatchCompleted(in TrainingProgress progress) => time.Now += 60;
    }

    private sealed class WhenWritten(string path, List<long> steps) : ITrainingCallback
    {
        public void OnSettled(TrainingRun run)
        {
            if (!File.Exists(path))
            {
                return;
            }

            steps.Add(run.Step);
            File.Delete(path);
        }
    }
}
