using System.Text.Json;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RunFolderTests
{
    private string _parent = "";

    private string Target => Path.Combine(_parent, "run");

    [TestInitialize]
    public void CreateFolder() => _parent = Directory.CreateTempSubdirectory("onnxae-test-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_parent, recursive: true);

    [TestMethod]
    public void NothingIsAtItsPlaceBeforeCommitAndEverythingAfter()
    {
        using RunFolder run = RunFolder.Create(Target);
        File.WriteAllText(run.PathOf("encoder.onnx"), "bytes");
        Assert.IsFalse(Directory.Exists(Target));

        run.Commit(Record());
        CollectionAssert.AreEquivalent(new[] { "encoder.onnx", "run.json", "model-card.md" }, Names(Target));
        CollectionAssert.AreEqual(new[] { "run" }, Names(_parent));
    }

    [TestMethod]
    public void ARunThatIsNotCommittedLeavesNothing()
    {
        using (RunFolder run = RunFolder.Create(Target))
        {
            File.WriteAllText(run.PathOf("encoder.onnx"), "half");
        }

        Assert.IsEmpty(Names(_parent));
    }

    [TestMethod]
    public void AnEarlierRunIsReplacedOnlyWhereAllowedAndOnlyAtCommit()
    {
        CommitWith("old.onnx");
        Assert.ThrowsExactly<IOException>(() => RunFolder.Create(Target));

        using (RunFolder abandoned = RunFolder.Create(Target, replace: true))
        {
            File.WriteAllText(abandoned.PathOf("half.onnx"), "half");
        }

        CollectionAssert.Contains(Names(Target), "old.onnx");

        CommitWith("new.onnx");
        CollectionAssert.AreEquivalent(new[] { "new.onnx", "run.json", "model-card.md" }, Names(Target));
        CollectionAssert.AreEqual(new[] { "run" }, Names(_parent));
    }

    [TestMethod]
    public void AFileOfTheUsersInAnEarlierRunIsNotDeleted()
    {
        CommitWith("old.onnx");
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");
        IOException exception = Assert.ThrowsExactly<IOException>(() => RunFolder.Create(Target, replace: true));
        StringAssert.Contains(exception.Message, "'notes.txt'");
    }

    [TestMethod]
    public void AFolderThatIsNoRunAndAFileAreRefusedAndAnEmptyFolderIsNot()
    {
        Directory.CreateDirectory(Target);
        RunFolder.Create(Target).Dispose();

        File.WriteAllText(Path.Combine(Target, "run.json"), "{}");
        IOException exception = Assert.ThrowsExactly<IOException>(() => RunFolder.Create(Target, replace: true));
        StringAssert.Contains(exception.Message, "is not empty and holds no earlier run");

        string file = Path.Combine(_parent, "file");
        File.WriteAllText(file, "");
        Assert.ThrowsExactly<IOException>(() => RunFolder.Create(file, replace: true));
    }

    [TestMethod]
    public void TheRecordReadsBackAsItWasWritten()
    {
        RunRecord written = CommitWith("encoder.onnx");
        RunRecord read = RunRecord.Load(Target);

        Assert.AreEqual(written.ToJson(), read.ToJson());
        Assert.AreEqual(ModelCatalog.Get("dense-30-denoise").Training.Corruption, read.Training.Corruption!.ToString());
        Assert.AreEqual(0.25, read.Metrics["testLoss"]);
        CollectionAssert.AreEquivalent(new[] { "encoder.onnx", "model-card.md" }, read.Files.Keys.ToArray());
    }

    [TestMethod]
    public void TheCardNamesNetworkDataFiguresAndStack()
    {
        CommitWith("encoder.onnx");
        string card = File.ReadAllText(Path.Combine(Target, RunFolder.ModelCardFile));
        foreach (string part in new[] { "# dense-30-denoise on tiny", "784-1000-500-30-500-1000-784", ModelCatalog.Get("dense-30-denoise").Training.Corruption!, "testLoss: 0.25", "- libtorch:" })
        {
            StringAssert.Contains(card, part);
        }
    }

    [TestMethod]
    public void TheCardHasTheLossesOfTheWeightsThatWereKept()
    {
        RunRecord record = Record() with
        {
            History = new TrainingHistory([new EpochResult(1, 0.5, 0.25, 1, 4), new EpochResult(2, 0.125, 0.75, 1, 4)], 1.5),
            Selection = new ModelSelection("0.1", 3, BestWeights: true, WeightsOfEpoch: 1),
        };
        using (RunFolder run = RunFolder.Create(Target))
        {
            run.Commit(record);
        }

        string card = File.ReadAllText(Path.Combine(Target, RunFolder.ModelCardFile));
        foreach (string part in new[] { "epochs run: 2", "weights: those of epoch 1", "validation loss then: 0.25000" })
        {
            StringAssert.Contains(card, part);
        }
    }

    [TestMethod]
    public void TheCardSaysHowManyLabelsAClassifierOnATrainedEncoderSaw()
    {
        RunRecord record = Record();
        using (RunFolder run = RunFolder.Create(Target))
        {
            run.Commit(record with { Data = record.Data with { LabeledImages = 2 } });
        }

        StringAssert.Contains(
            File.ReadAllText(Path.Combine(Target, RunFolder.ModelCardFile)), "the encoder learned from all of them without labels, then the classifier with it from 2 and their labels");
    }

    [TestMethod]
    [DataRow("{", "is damaged, or no record")]
    [DataRow("[1, 2]", "is damaged, or no record")]
    [DataRow("""{ "format": "onnxae-run/1", "model": null, "data": null, "training": null }""", "is damaged, or no record")]
    [DataRow("null", "has the format ''")]
    public void ARecordThatIsNoneIsNamed(string content, string sentence)
    {
        Directory.CreateDirectory(Target);
        string path = Path.Combine(Target, RunFolder.RecordFile);
        File.WriteAllText(path, content);
        JsonException exception = Assert.ThrowsExactly<JsonException>(() => RunRecord.Load(Target));
        StringAssert.Contains(exception.Message, $"'{path}' {sentence}");
    }

    private RunRecord CommitWith(string file)
    {
        using RunFolder run = RunFolder.Create(Target, replace: true);
        File.WriteAllText(run.PathOf(file), "bytes");
        return run.Commit(Record());
    }

    private static string?[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(Path.GetFileName)];

    private static RunRecord Record() => new()
    {
        Created = DateTimeOffset.UnixEpoch,
        Model = new RunModel("dense-30-denoise", "784-1000-500-30-500-1000-784", 784, 30, 2_601_814, "00"),
        Data = RunData.Describe("tiny", TinyData.Bars(4), TinyData.Bars(4, seed: 2)),
        Training = TrainingOptions.For(ModelCatalog.Get("dense-30-denoise")),
        History = new TrainingHistory([new EpochResult(1, 0.5, null, 1, 4)], 1.5),
        Verification = new VerificationReport([new GraphVerification("encoder.onnx", [new VerificationCase("all rows", "code", 4, [4, 30], "Float", 1e-7, 1e-7, 1, 1e-5, 0.01)])]),
        Metrics = new Dictionary<string, double> { ["testLoss"] = 0.25 },
        Libraries = LibraryVersion.Describe(),
    };
}
