using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RowRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ReproduceSettings Settings => new(_folder.Path) { Quick = true };

    private RowRunner Runner => new(Settings, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("dense-30-classifier")]
    [DataRow("dense-49-denoise")]
    public void ARowIsDueAgainOnceTheOneThatItStartedFromIsRedone(string id)
    {
        SeedRow row = SeedTable.Get(id);
        WriteRecord(row, hour: 2);
        Assert.IsNotNull(Runner.Find(row));
        WriteRecord(SeedTable.Get(row.StartsFrom!), hour: 1);
        Assert.IsNotNull(Runner.Find(row));
        WriteRecord(SeedTable.Get(row.StartsFrom!), hour: 3);
        Assert.IsNull(Runner.Find(row));
    }

    [TestMethod]
    [DataRow(1, true)]
    [DataRow(3, false)]
    public void ACheckpointIsOfNoUseOnceTheRowThatItStartedFromIsRedone(int hour, bool isKept)
    {
        SeedRow row = SeedTable.Get("dense-49-denoise");
        string checkpoint = $"{Settings.PathOf(row)}.unfinished/checkpoint.safetensors";
        Directory.CreateDirectory(Path.GetDirectoryName(checkpoint)!);
        File.WriteAllText(checkpoint, "");
        File.SetLastWriteTimeUtc(checkpoint, Time(2).UtcDateTime);
        WriteRecord(SeedTable.Get(row.StartsFrom!), hour);
        RowSet images = RowSet.Load(Path.Combine(SyntheticDataSet.Write(_folder["data"], train: 10), "train-images-idx3-ubyte"));
        var data = new LabeledImages("tiny", "folder", _folder["data"], "none", images, images);

        Assert.Throws<IOException>(() => Runner.Run(row, data, new NoProgress(), CancellationToken.None)); // the start has no weights
        Assert.AreEqual(isKept, File.Exists(checkpoint));
    }

    [TestMethod]
    public void ARowOfOtherSettingsIsDueAgain()
    {
        SeedRow row = SeedTable.Get("linear-2");
        WriteRecord(row, hour: 1);
        Assert.IsNotNull(Runner.Find(row));
        Assert.IsNull(Runner.WhyOutdated(row));
        WriteRecord(row, hour: 1, options => options with { LearningRate = 0.5 });
        Assert.IsNull(Runner.Find(row));
        Assert.AreEqual("its run had learningRate 0.5, now 0.001", Runner.WhyOutdated(row));
    }

    [TestMethod]
    public void EveryOptionOfTheTrainingCounts()
    {
        SeedRow row = SeedTable.Get("linear-2");
        TrainingOptions usual = Settings.OptionsFor(row);
        var others = new Dictionary<string, object>
        {
            [nameof(TrainingOptions.Optimizer)] = OptimizerKind.Sgd,
            [nameof(TrainingOptions.Schedule)] = LearningRateSchedule.Cosine,
            [nameof(TrainingOptions.Objective)] = ObjectiveNotation.Parse("bce"),
            [nameof(TrainingOptions.Corruption)] = new GaussianNoise(0.1, 0.2),
        };
        foreach (var option in typeof(TrainingOptions).GetProperties().Where(property => property.SetMethod is not null))
        {
            WriteRecord(row, hour: 1, _ =>
            {
                TrainingOptions changed = usual with { };
                Type type = Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;
                option.SetValue(changed, others.TryGetValue(option.Name, out object? other) ? other : Convert.ChangeType(77, type, CultureInfo.InvariantCulture));
                return changed;
            });
            Assert.IsNull(Runner.Find(row), option.Name);
        }
    }

    [TestMethod]
    public void ARowThatDivergesLeavesNoCheckpointToDivergeFromAgain()
    {
        SeedRow row = SeedTable.Get("linear-2");
        RowSet images = RowSet.Load(Path.Combine(SyntheticDataSet.Write(_folder["data"], train: 100), "train-images-idx3-ubyte"));
        var data = new LabeledImages("tiny", "folder", _folder["data"], "none", images, images);
        string run = Settings.PathOf(row);
        Directory.CreateDirectory($"{run}.unfinished");
        WriteLostRun(row, images, $"{run}.unfinished/checkpoint.safetensors");

        Assert.ThrowsExactly<TrainingDivergedException>(() => Runner.Run(row, data, new NoProgress(), CancellationToken.None));
        Assert.IsFalse(Directory.Exists($"{run}.unfinished"));
        Assert.IsTrue(File.Exists($"{run}.diverged/weights.dat"));
    }

    // A checkpoint whose weights are no numbers any more.
    private void WriteLostRun(SeedRow row, RowSet images, string path)
    {
        using EncoderNetwork model = ModelCatalog.Get(row.Id).CreateNetwork(seed: 1);
        Assert.ThrowsExactly<TrainingDivergedException>(
            () => new AutoencoderTrainer(Settings.OptionsFor(row)).Fit(model, images, images, [new Spoiler(path)]));
        Assert.IsTrue(File.Exists(path));
    }

    private void WriteRecord(SeedRow row, int hour, Func<TrainingOptions, TrainingOptions>? change = null)
    {
        TrainingOptions options = Settings.OptionsFor(row);
        var record = new RunRecord
        {
            Created = Time(hour),
            Model = new RunModel(row.Id, "2-1-2", 2, 1, 7, "hash"),
            Data = new RunData("any", 1, 1, "hash", "hash"),
            Training = change?.Invoke(options) ?? options,
        };
        Directory.CreateDirectory(Settings.PathOf(row));
        File.WriteAllText(Path.Combine(Settings.PathOf(row), RunFolder.RecordFile), record.ToJson());
    }

    private static DateTimeOffset Time(int hour) => new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero);

    private sealed class Spoiler(string path) : ITrainingCallback
    {
        public void OnSettled(TrainingRun run)
        {
            if (run.Step > 1)
            {
                return;
            }

            using var gradients = no_grad();
            foreach (Tensor parameter in run.Model.parameters())
            {
                parameter.fill_(float.NaN);
            }

            run.SaveCheckpoint(path);
        }
    }
}
