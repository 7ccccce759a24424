using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ExperimentRunnerTests
{
    private static readonly ClassifierOptions FewSteps = new() { Steps = 4, BatchSize = 16, LearningRate = 1e-3 };

    private static readonly ArmSettings Quick = new()
    {
        Components = 5,
        Folds = 2,
        SelfTrainingRounds = 2,
        NetworkMinimumEpochs = 1,
        FineTuning = FewSteps,
        Scratch = FewSteps,
        ScratchAugmented = FewSteps,
        Perceptron = new MultilayerPerceptronOptions { Epochs = 20, BatchSize = 64 },
    };

    private static TemporaryFolder Folder = null!;

    private static EncoderSpec Code => new(null, Folder["run"], FeatureLayer.Code);

    [ClassInitialize]
    public static async Task TrainEncoder(TestContext context)
    {
        Folder = new TemporaryFolder();
        SyntheticDataSet.Write(Folder["data"]);
        Assert.AreEqual(0, await new PlainConsole().RunAsync("train", "dense-49-denoise", "--data", Folder["data"], "--out", Folder["run"], "--steps", "20"));
    }

    [ClassCleanup]
    public static void Clean() => Folder.Dispose();

    [TestMethod]
    public async Task NoTestImageReachesAnyFit()
    {
        using var other = new TemporaryFolder();
        SyntheticDataSet.Write(other["data"]);
        string images = other["data/t10k-images-idx3-ubyte"], labels = other["data/t10k-labels-idx1-ubyte"];
        byte[] poisonedImages = File.ReadAllBytes(images), poisonedLabels = File.ReadAllBytes(labels);
        new Random(7).NextBytes(poisonedImages.AsSpan(16)); // behind the headers
        new Random(7).Shuffle(poisonedLabels.AsSpan(8));
        File.WriteAllBytes(images, poisonedImages);
        File.WriteAllBytes(labels, poisonedLabels);

        EncoderSpec[] trained = [new(null, "dense-49", FeatureLayer.Code)];
        ExperimentResult clean = await RunAsync(Folder["data"], Folder["clean"], [0.2], trained, Enum.GetValues<ArmKind>());
        ExperimentResult strange = await RunAsync(other["data"], Folder["strange"], [0.2], trained, Enum.GetValues<ArmKind>());

        Assert.HasCount(8, clean.Arms);
        CollectionAssert.AreEquivalent(clean.Encoders.Values.ToArray(), strange.Encoders.Values.ToArray(), "the encoder");
        for (int i = 0; i < clean.Arms.Count; i++)
        {
            CollectionAssert.AreEqual(clean.Arms[i].ModelSha256.ToArray(), strange.Arms[i].ModelSha256.ToArray(), clean.Arms[i].Name);
        }

        Assert.AreNotEqual(clean.Arms[0].MeanAccuracy, strange.Arms[0].MeanAccuracy);
    }

    [TestMethod]
    public async Task TwoDataSetsOfOneNameStayApart()
    {
        SyntheticDataSet.Write(Folder["a/same"], train: 120);
        SyntheticDataSet.Write(Folder["b/same"], train: 150);
        var console = new PlainConsole();
        ExperimentResult result = await new ExperimentRunner(console.Context, new DataSetStore(), Quick).RunAsync(
            new ExperimentRequest(
                [Folder["a/same"], Folder["b/same"]], [0.2], 1, [ArmKind.Frozen], [new EncoderSpec(null, "dense-49", FeatureLayer.Code)], Seed: 3, Folder["apart"]),
            CancellationToken.None);

        CollectionAssert.AreEqual(new[] { "same", $"same in {Folder["b"]}" }, result.Cells.Select(cell => cell.Dataset).ToArray());
        Assert.HasCount(2, Directory.GetFiles(Folder["apart/slices"]));
        Assert.HasCount(2, Directory.GetDirectories(Folder["apart/encoders"]));
        Assert.HasCount(2, result.Encoders.Where(file => file.Key.EndsWith("encoder.onnx", StringComparison.Ordinal)).Select(file => file.Value).Distinct().ToArray());
        Assert.HasCount(2, console.Output.Split('\n').Where(line => line.StartsWith("Loading", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public async Task EachArmIsChargedWithWhatItUses()
    {
        ArmSettings settings = Quick with { PenaltiesPerFeature = [.. Enumerable.Repeat(0.01f, 40)] }; // a choice that takes longer than any fit
        LabeledImages data = await new LabeledImagesLoader(new DataSetStore()).LoadAsync(Folder["data"], new Progress<DataSetProgress>(), CancellationToken.None);
        Dictionary<string, double> choosing = [];
        var study = new ArmStudy(data, settings, Folder["charged"])
        {
            OnFitted = (arm, slice, _) => choosing[arm.Name] = arm.Features!.PenaltyFor(slice, CancellationToken.None).Seconds,
        };
        FrozenEncoder encoder = EncoderLoader.Find(Code, DataSetDefaults.For(data))!;
        study.Run([encoder], [ArmKind.Frozen, ArmKind.LabelSpreading], [0.2], 1, 3, new NoProgress(), CancellationToken.None);

        Dictionary<string, ArmOutcome> outcomes = Directory.GetFiles(Folder["charged/results"], "*.json", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileName(file).Contains("spreading", StringComparison.Ordinal) ? "graph" : "linear",
                file => JsonSerializer.Deserialize<ArmOutcome>(JsonNode.Parse(File.ReadAllText(file))!["outcome"]!, JsonFile.Options)!);
        Assert.HasCount(2, choosing);
        Assert.HasCount(1, choosing.Values.Distinct().ToArray());
        Assert.IsTrue(outcomes.Values.All(outcome => outcome.Seconds > choosing.Values.First()));
        Assert.IsGreaterThan(outcomes["linear"].PreparationSeconds, outcomes["graph"].PreparationSeconds);
    }

    [TestMethod]
    public async Task AnEncoderFileThatChangesWhileHeadsAreFittedVoidsTheExperiment()
    {
        LabeledImages data = await new LabeledImagesLoader(new DataSetStore()).LoadAsync(Folder["data"], new Progress<DataSetProgress>(), CancellationToken.None);
        string file = Folder["changing.onnx"];
        File.Copy(Folder["run/encoder.onnx"], file);
        FrozenEncoder encoder = EncoderLoader.Find(new EncoderSpec(null, file, null), DataSetDefaults.For(data))!;
        Assert.HasCount(1, Run("kept", () => { }));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => Run("changed", () => File.AppendAllText(file, "x"))).Message, $"The frozen encoder '{file}' changed");

        IReadOnlyList<CellResult> Run(string name, Action whileFitting) => new ArmStudy(data, Quick, Folder[name]) { OnFitted = (_, _, _) => whileFitting() }
            .Run([encoder], [ArmKind.Frozen], [0.2], 1, 3, new NoProgress(), CancellationToken.None);
    }

    [TestMethod]
    [DataRow("Scratch")]
    [DataRow("ScratchAugmented")]
    public async Task ANetworkArmIsTrainedWithItsOwnCorruptionAndTheDrawsSeed(string name)
    {
        ArmKind kind = Enum.Parse<ArmKind>(name);
        LabeledImages data = await new LabeledImagesLoader(new DataSetStore()).LoadAsync(Folder["data"], new Progress<DataSetProgress>(), CancellationToken.None);
        FrozenEncoder encoder = EncoderLoader.Find(Code, DataSetDefaults.For(data))!;
        LabelSlice slice = LabelSlices.Create(data, 0.2, draws: 1, seed: 8, Folder["network-slices"]).Single();
        Directory.CreateDirectory(Folder["network"]);
        using FittedModel fitted = new NetworkArm(kind, encoder, data, Quick, Folder["network"]).Fit(slice, CancellationToken.None);

        using EncoderClassifier expected = PretrainedClassifier.CreateUntrained(encoder.Architecture!, data.Train.ClassCount, seed: 8);
        Assert.IsTrue(expected.Output.bias!.data<float>().ToArray().All(value => value == 0), "Glorot's rule has biases of 0");
        ICorruption? corruption = kind == ArmKind.Scratch ? null : new GaussianNoise(0.5, 0.5);
        new ClassifierTrainer(FewSteps with { Corruption = corruption, Seed = 8 }).Fit(expected, data.Train, [.. slice.Rows.Select(row => (long)row)]);
        AutoencoderExport.WriteClassifier(expected, encoder.Architecture!.Name, Folder[$"expected-{kind}.onnx"]);
        Assert.AreEqual(ModelHash.OfFile(Folder[$"expected-{kind}.onnx"]), fitted.Sha256);
    }

    [TestMethod]
    public async Task EncodersThatAreAveragedOverMirrorImagesAreNotAveragedAgain()
    {
        Directory.CreateDirectory(Folder["mirrored"]);
        DataSetStore store = SyntheticDataSet.Store(Folder["mirrored/store"]);
        OnnxEncoders.MirrorAverage(Folder["run/encoder.onnx"], Folder["mirrored/average.onnx"]);
        EncoderSpec[] encoders = [Code, new(null, Folder["mirrored/average.onnx"], null)];
        ExperimentResult result = await RunAsync("fashion-mnist", Folder["mirrored/out"], [0.2], encoders, [ArmKind.Frozen], store: store);

        Assert.AreEqual(3, result.Arms.Count);
        CollectionAssert.AreEqual(result.Arms[0].ModelSha256.ToArray(), result.Arms[1].ModelSha256.ToArray());
        Assert.Contains("averaged over each image and its mirror image", result.Arms[0].Description);
    }

    [TestMethod]
    public async Task StoppedExperimentGoesOnToTheSameFigures()
    {
        CellResult whole = await RunAsync(Folder["data"], Folder["whole"]);
        using var stop = new CancellationTokenSource();
        var console = new PlainConsole(onLine: line =>
        {
            if (line.StartsWith("Experiment", StringComparison.Ordinal) && line.Contains("neighbors", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });

        TrainingInterruptedException stopped = await Assert.ThrowsExactlyAsync<TrainingInterruptedException>(
            () => RunAsync(Folder["data"], Folder["halves"], console, stop.Token));
        Assert.Contains("the same command goes on", stopped.Message);
        Dictionary<string, byte[]> kept = Directory.EnumerateFiles(Folder["halves/results"], "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes);
        Assert.IsInRange(1, 17, kept.Count);

        CellResult halves = await RunAsync(Folder["data"], Folder["halves"]);
        Assert.AreEqual(Figures(whole), Figures(halves));
        foreach (var (file, bytes) in kept)
        {
            CollectionAssert.AreEqual(bytes, File.ReadAllBytes(file), "a result was computed again");
        }

        Assert.IsEmpty(Directory.EnumerateFiles(Folder["halves/work"]));
    }

    [TestMethod]
    public async Task ArmsLearnAndTheirFiguresGoTogether()
    {
        CellResult cell = await RunAsync(Folder["data"], Folder["figures"]);

        Assert.AreEqual("dense-49-denoise from scratch, augmented", cell.Control);
        Assert.AreEqual(40, cell.Labels);
        Assert.AreEqual(2, cell.Draws);
        foreach (ArmResult arm in cell.Arms)
        {
            Assert.HasCount(2, arm.PerDraw);
            Assert.AreEqual(arm.PerDraw.Average(), arm.MeanAccuracy, 1e-12);
            Assert.AreEqual(arm.Name == cell.Control, arm.Difference is null);
            Assert.AreEqual(arm.Kind is ArmKind.Frozen or ArmKind.SelfTraining or ArmKind.LabelSpreading or ArmKind.LabelSpreadingMlp, arm.Frozen);
            if (arm.Kind <= ArmKind.LabelSpreadingMlp)
            {
                Assert.IsGreaterThan(0.5, arm.MeanAccuracy, $"{arm.Name}: a square's place tells its class");
            }
        }
    }

    [TestMethod]
    public async Task OneLabelAClassAndAllLabelsAreEnoughForTheArmsThatTheyAreFor()
    {
        ExperimentResult result = await RunAsync(Folder["data"], Folder["extremes"], [0.001, 1]);

        Assert.AreEqual(10, result.Cells[0].Labels);
        Assert.HasCount(9, result.Cells[0].Arms);
        Assert.AreEqual(200, result.Cells[1].Labels);
        Assert.AreEqual(1, result.Cells[1].Draws);
        CollectionAssert.AreEqual(
            new[] { ArmKind.Raw, ArmKind.Pca, ArmKind.Frozen, ArmKind.FineTuned, ArmKind.Scratch, ArmKind.ScratchAugmented },
            result.Cells[1].Arms.Select(arm => arm.Kind).ToArray());
        Assert.HasCount(3, result.Cells[1].Skipped);
        Assert.IsTrue(result.Cells[1].Skipped.All(arm => arm.Reason.Contains("no label is hidden", StringComparison.Ordinal)));
        Assert.HasCount(2, ExperimentPage.Curves(result.Cells).First(curve => curve.Name == "raw pixels").Points);
    }

    [TestMethod]
    public async Task SeveralEncodersHaveArmsOfTheirOwnAndOneTogether()
    {
        File.Copy(Folder["run/encoder.onnx"], Folder["plain.onnx"], overwrite: true);
        EncoderSpec[] encoders = [Code, new(null, Folder["plain.onnx"], null)];
        ExperimentResult result = await RunAsync(Folder["data"], Folder["several"], [0.2], encoders, [ArmKind.Frozen, ArmKind.FineTuned]);

        CollectionAssert.AreEqual(new[] { "dense-49-denoise code", "plain", "2 encoders", "dense-49-denoise fine-tuned" }, result.Arms.Select(arm => arm.Name).ToArray());
        Assert.AreEqual(result.Arms[0].MeanAccuracy, result.Arms[1].MeanAccuracy);
    }

    private static async Task<CellResult> RunAsync(string data, string output, PlainConsole? console = null, CancellationToken cancellationToken = default) =>
        await RunAsync(data, output, [0.2], [Code], Enum.GetValues<ArmKind>(), console, cancellationToken: cancellationToken);

    private static Task<ExperimentResult> RunAsync(string data, string output, double[] fractions) =>
        RunAsync(data, output, fractions, [Code], Enum.GetValues<ArmKind>());

    private static Task<ExperimentResult> RunAsync(
        string data, string output, double[] fractions, EncoderSpec[] encoders, ArmKind[] arms, PlainConsole? console = null,
        DataSetStore? store = null, CancellationToken cancellationToken = default) =>
        new ExperimentRunner((console ?? new PlainConsole()).Context, store ?? new DataSetStore(), Quick)
            .RunAsync(new ExperimentRequest([data], fractions, 2, arms, encoders, Seed: 3, output), cancellationToken);

    private static string Figures(CellResult cell) => string.Join('\n', cell.Arms.Select(arm => $"{arm.Name} {string.Join(' ', arm.PerDraw)} {string.Join(' ', arm.ModelSha256)}"));
}
