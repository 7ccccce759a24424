using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ClassifyCommandTests
{
    private const int Images = 400;
    private const int LabeledEvery = 5;

    private static readonly TemporaryFolder Folder = new();
    private static readonly string[] Names = [.. Enumerable.Range(0, 10).Select(c => $"place {c}")];

    private static string Rows => Folder["data/train-images-idx3-ubyte"];

    [ClassInitialize]
    public static void WriteData(TestContext context)
    {
        SyntheticDataSet.Write(Folder["data"], train: Images, test: 100);
        using Autoencoder model = ModelCatalog.Get("linear-1000").Create(seed: 1);
        AutoencoderExport.Write(model, "linear-1000", Folder.Path);
        File.WriteAllLines(Folder["labels.csv"], Truth().Select((name, row) => row / 10 % LabeledEvery == 0 ? name : ""));
        File.WriteAllLines(Folder["truth.csv"], Truth());
    }

    [ClassCleanup]
    public static void Clean() => Folder.Dispose();

    [TestMethod]
    [DataRow("linear")]
    [DataRow("mlp")]
    public async Task A_run_classifies_alike_by_its_zip_and_its_onnx_file(string method)
    {
        string run = Folder[$"run-{method}"];
        JsonElement figures = method == "linear"
            ? await RunAsync("fit", "--data", Rows, "--labels", Folder["labels.csv"], "--encoder", Folder["encoder.onnx"], "--method", method, "--fuse", "--out", run)
            : await FitPerceptronAsync(run);
        Assert.AreEqual(Images / LabeledEvery, figures.GetProperty("labels").GetInt32());
        Assert.AreEqual(8, figures.GetProperty("labelsByClass").GetProperty("place 3").GetInt32());
        Assert.IsLessThanOrEqualTo(1e-5, figures.GetProperty("largestDifference").GetDouble());
        Assert.IsGreaterThan(0.8, figures.GetProperty("calibration").GetProperty("accuracy").GetDouble());
        Assert.IsTrue(figures.GetProperty("labelSpreading").GetBoolean());
        CollectionAssert.AreEquivalent(
            new[] { "classifier.onnx", "classifier.zip", "model-card.md", "run.json" }, Directory.GetFiles(run).Select(Path.GetFileName).ToArray());

        List<string[]> answers = [];
        foreach (string model in new[] { run, Path.Combine(run, "classifier.zip"), Path.Combine(run, "classifier.onnx") })
        {
            JsonElement scored = await RunAsync("score", model, "--in", Rows, "--out", Folder[$"{method}.csv"], "--all", "--labels", Folder["truth.csv"]);
            Assert.IsGreaterThan(0.9, scored.GetProperty("measured").GetProperty("accuracy").GetDouble());
            answers.Add(File.ReadAllLines(Folder[$"{method}.csv"]));
        }

        Assert.AreEqual("label,probability," + string.Join(',', Names.Select(name => $"p({name})")), answers[0][0]);
        CollectionAssert.AreEqual(answers[0], answers[1]);
        Assert.HasCount(Images + 1, answers[2]);
        for (int row = 1; row <= Images; row++)
        {
            string[] zip = answers[0][row].Split(','), onnx = answers[2][row].Split(',');
            Assert.AreEqual(zip[0], onnx[0]);
            for (int c = 1; c < zip.Length; c++)
            {
                Assert.AreEqual(Number(zip[c]), Number(onnx[c]), 1e-5);
            }

            Assert.AreEqual(1, zip[2..].Sum(Number), 1e-4);
        }
    }

    [TestMethod]
    public async Task What_is_saved_is_a_stock_pipeline_that_predicts_named_keys()
    {
        string run = Folder["run-stock"];
        await RunAsync("fit", "--data", Rows, "--labels", Folder["labels.csv"], "--encoder", Folder["encoder.onnx"], "--method", "linear", "--no-spreading", "--out", run);
        var ml = new MLContext();
        ITransformer model = ml.Model.Load(Path.Combine(run, "classifier.zip"), out DataViewSchema input);
        Assert.AreEqual("Pixels", input.Single().Name);
        IDataView images = ml.Data.LoadFromIdx(Rows);
        IDataView scored = ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(model.Transform(images)).Transform(model.Transform(images));
        Assert.IsGreaterThan(0.9, scored.GetColumn<string>("Name").Zip(Truth(), (found, expected) => found == expected ? 1.0 : 0).Average());
    }

    [TestMethod]
    public async Task Unsure_rows_stay_without_a_label_and_are_counted()
    {
        string run = await FitOnceAsync();
        await RunAsync("score", run, "--in", Rows, "--out", Folder["all.csv"]);
        double[] probabilities = [.. File.ReadLines(Folder["all.csv"]).Skip(1).Select(line => Number(line.Split(',')[1]))];
        double threshold = probabilities.Order().ElementAt(Images / 4);
        JsonElement scored = await RunAsync(
            "score", run, "--in", Rows, "--out", Folder["some.csv"], "--abstain", threshold.ToString("R", CultureInfo.InvariantCulture), "--labels", Folder["truth.csv"], "--with-rows");
        string[] lines = File.ReadAllLines(Folder["some.csv"]);
        int empty = lines.Count(line => line.Split(',')[1].Length == 0);
        Assert.AreEqual(probabilities.Count(p => (float)p < (float)threshold), empty);
        Assert.AreEqual(empty, scored.GetProperty("abstained").GetInt32());
        Assert.AreEqual(1 - ((double)empty / Images), scored.GetProperty("measured").GetProperty("coverage").GetDouble(), 1e-9);
        Assert.StartsWith("1,", lines[1]);
        Assert.AreEqual(Images - empty, scored.GetProperty("rowsByClass").EnumerateObject().Sum(label => label.Value.GetInt32()));
    }

    [TestMethod]
    public async Task A_known_data_set_uses_a_share_of_its_labels_and_is_tested()
    {
        JsonElement figures = await RunAsync(
            "fit", "--data", Folder["data"], "--fraction", "0.2", "--seed", "3", "--encoder", Folder["encoder.onnx"], "--method", "linear", "--out", Folder["run-known"]);
        Assert.AreEqual(80, figures.GetProperty("labels").GetInt32());
        Assert.AreEqual(100, figures.GetProperty("test").GetProperty("images").GetInt32());
        Assert.IsGreaterThan(0.8, figures.GetProperty("test").GetProperty("accuracy").GetDouble());

        var ml = new MLContext();
        IDataView scored = ml.Model.Load(Path.Combine(Folder["run-known"], "classifier.zip"), out _).Transform(ml.Data.LoadFromIdx(Folder["data/t10k-images-idx3-ubyte"]));
        Predictions calibrated = new([.. scored.GetColumn<float[]>("Score")], [.. File.ReadAllBytes(Folder["data/t10k-labels-idx1-ubyte"]).Skip(8).Select(label => (int)label)]);
        double temperature = figures.GetProperty("calibration").GetProperty("temperature").GetDouble();
        Assert.AreEqual(calibrated.CalibrationError, figures.GetProperty("test").GetProperty("errorAfter").GetDouble(), 1e-5);
        Assert.AreEqual(calibrated.WithTemperature(1 / temperature).CalibrationError, figures.GetProperty("test").GetProperty("errorBefore").GetDouble(), 1e-5);

        IDataView kept = ml.Data.KeepLabels(ml.Data.LoadFromIdx(Rows, Folder["data/train-labels-idx1-ubyte"]), 0.2, seed: 3);
        int[] expected = [.. kept.GetColumn<uint>("Label").Index().Where(label => label.Item != 0).Select(label => label.Index)];
        CollectionAssert.AreEqual(expected, figures.GetProperty("labeledRows").EnumerateArray().Select(row => row.GetInt32()).ToArray());
    }

    [TestMethod]
    public async Task Pictures_are_labeled_and_classified_by_their_names()
    {
        Assert.AreEqual(ExitCode.Success, await new PlainConsole().RunAsync(
            "reconstruct", Folder["autoencoder.onnx"], "--in", Rows, "--out", Folder["pictures/"]));
        string[] files = [.. Directory.GetFiles(Folder["pictures"]).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        File.WriteAllLines(Folder["names.csv"], files.Zip(Truth()).Where((_, row) => row % 3 == 0).Select(pair => $"{pair.First},{pair.Second}").Reverse());
        string run = Folder["run-pictures"];
        JsonElement figures = await RunAsync(
            "fit", "--data", Folder["pictures"], "--labels", Folder["names.csv"], "--encoder", Folder["encoder.onnx"], "--method", "linear", "--out", run);
        Assert.AreEqual((Images + 2) / 3, figures.GetProperty("labels").GetInt32());
        await RunAsync("score", run, "--in", Folder["pictures"], "--out", Folder["pictures.csv"], "--with-rows");
        Assert.StartsWith($"{files[0]},place", File.ReadLines(Folder["pictures.csv"]).ElementAt(1));
    }

    [TestMethod]
    public async Task An_encoder_is_trained_on_the_images_themselves_once()
    {
        DataSetStore store = new(new DataSetStoreOptions { CacheFolder = Folder["cache"] });
        ClassifyFitRequest request = new()
        {
            Data = Folder["data/t10k-images-idx3-ubyte"],
            Labels = Folder["data/t10k-labels-idx1-ubyte"],
            Method = HeadKind.Linear,
            Spreads = false,
            OutputFolder = Folder["own-1"],
        };
        ClassifyFitResult first = await FitAsync(request);
        string weights = Directory.GetFiles(Folder["cache"], RunFolder.WeightsFile, SearchOption.AllDirectories).Single();
        DateTime written = File.GetLastWriteTimeUtc(weights);
        ClassifyFitResult second = await FitAsync(request with { OutputFolder = Folder["own-2"] });
        Assert.AreEqual("conv-contrastive-256", first.Encoder);
        Assert.AreEqual( // trained on the very bytes
            RowSet.Load(request.Data).Hash(), RunRecord.Load(Path.GetDirectoryName(weights)!).Data.TrainHash);
        Assert.AreEqual(first.EncoderSha256, second.EncoderSha256);
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(weights));
        Assert.AreEqual(first.Calibration, second.Calibration);

        Task<ClassifyFitResult> FitAsync(ClassifyFitRequest what) =>
            new ClassifierFitter(new PlainConsole().Context, store, new ClassifySettings { Folds = 2 }).RunAsync(what, CancellationToken.None);
    }

    [TestMethod]
    [DataRow("skip", 4)]
    [DataRow("null", 5)]
    public async Task Labels_go_with_their_rows_where_some_are_bad(string handling, int written)
    {
        string run = await FitOnceAsync();
        byte[][] images = [.. IdxReader.Read(Rows).Data.ToArray().Chunk(784).Take(5)];
        string[] lines = [.. images.Select(image => string.Join(',', image))];
        lines[1] = "1,2,3";
        File.WriteAllLines(Folder["some-bad.csv"], lines);
        File.WriteAllLines(Folder["five.csv"], Truth().Take(5));
        JsonElement scored = await RunAsync(
            "score", run, "--in", Folder["some-bad.csv"], "--pixels", "unit", "--labels", Folder["five.csv"], "--on-error", handling, "--out", Folder["some-bad-out.csv"]);
        Check(scored);

        string pictures = Folder[$"some-bad-{handling}"];
        Directory.CreateDirectory(pictures);
        for (int i = 0; i < images.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(pictures, $"{i}.pgm"), [.. "P5 28 28 255\n"u8, .. i == 1 ? images[i][..100] : images[i]]);
        }

        File.WriteAllLines(Folder["five-names.csv"], Truth().Take(5).Select((name, i) => $"{i}.pgm,{name}"));
        Check(await RunAsync("score", run, "--in", pictures, "--labels", Folder["five-names.csv"], "--on-error", handling, "--out", Folder["some-bad-out.csv"]));

        void Check(JsonElement result)
        {
            Assert.AreEqual(written, result.GetProperty("rows").GetInt32());
            Assert.AreEqual(1, result.GetProperty("badRows").GetInt32());
            Assert.AreEqual(4, result.GetProperty("measured").GetProperty("labels").GetInt32());
            Assert.AreEqual(1, result.GetProperty("measured").GetProperty("accuracy").GetDouble());
        }
    }

    [TestMethod]
    public async Task An_onnx_file_that_differs_is_dropped_and_the_zip_kept()
    {
        ClassifySettings strict = new() { Folds = 2, FusedLimit = -1 };
        ClassifyFitRequest request = new()
        {
            Data = Rows,
            Labels = Folder["labels.csv"],
            Encoder = new EncoderSpec(null, Folder["encoder.onnx"], null),
            Method = HeadKind.Linear,
            Spreads = false,
            Fuse = true,
            OutputFolder = Folder["differs"],
        };
        IncompleteException failure = await Assert.ThrowsExactlyAsync<IncompleteException>(
            () => new ClassifierFitter(new PlainConsole().Context, new DataSetStore(), strict).RunAsync(request, CancellationToken.None));
        Assert.Contains("they differ by more than -1. classifier.zip was kept in", failure.Message);
        Assert.IsNull(((ClassifyFitResult)failure.Figures).LargestDifference);
        CollectionAssert.AreEquivalent(new[] { "classifier.zip", "model-card.md", "run.json" }, Directory.GetFiles(Folder["differs"]).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task Clothes_are_averaged_over_mirror_images_whichever_encoder_it_is_but_once()
    {
        DataSetStore store = SyntheticDataSet.Store(Folder["store"]);
        OnnxEncoders.MirrorAverage(Folder["encoder.onnx"], Folder["average.onnx"]);
        JsonElement plain = await FitAsync("encoder.onnx"), average = await FitAsync("average.onnx");
        Assert.AreEqual("encoder averaged over mirror images", plain.GetProperty("encoder").GetString());
        Assert.AreEqual("average", average.GetProperty("encoder").GetString());
        Assert.AreEqual(average.GetProperty("encoderSha256").GetString(), plain.GetProperty("encoderSha256").GetString());
        Assert.IsTrue(File.Exists(Folder["clothes-encoder.onnx/encoder.onnx"]));

        async Task<JsonElement> FitAsync(string encoder)
        {
            var console = new PlainConsole(dataSets: store);
            int code = await console.RunAsync(
                ["classify", "fit", "--data", "fashion-mnist", "--fraction", "0.5", "--encoder", Folder[encoder], "--method", "linear", "--no-spreading",
                "--out", Folder[$"clothes-{encoder}"], "--json", Folder["figures.json"]]);
            Assert.AreEqual(ExitCode.Success, code, console.Error);
            return JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Folder["figures.json"]));
        }
    }

    [TestMethod]
    public async Task A_folder_is_not_taken_for_clothes_by_its_name()
    {
        JsonElement figures = await RunAsync(
            "fit", "--data", SyntheticDataSet.Write(Folder["own/fashion-mnist"]), "--fraction", "0.5", "--encoder", Folder["encoder.onnx"], "--method", "linear", "--no-spreading", "--out", Folder["run-own"]);
        Assert.AreEqual("encoder", figures.GetProperty("encoder").GetString());
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 10).Select(label => $"{label}").ToArray(), figures.GetProperty("labelsByClass").EnumerateObject().Select(label => label.Name).ToArray());
    }

    [TestMethod]
    public async Task A_class_with_a_single_label_leaves_the_others_their_validation()
    {
        File.WriteAllLines(Folder["rare.csv"], File.ReadAllLines(Folder["labels.csv"]).Select((name, row) => row == 0 ? "rare" : name));
        JsonElement figures = await RunAsync(
            "fit", "--data", Rows, "--labels", Folder["rare.csv"], "--encoder", Folder["encoder.onnx"], "--method", "linear", "--no-spreading", "--out", Folder["run-rare"]);
        Assert.AreEqual((Images / LabeledEvery) - 1, figures.GetProperty("calibration").GetProperty("rows").GetInt32());
    }

    [TestMethod]
    public async Task Probabilities_alone_go_into_an_array()
    {
        await RunAsync("score", await FitOnceAsync(), "--in", Rows, "--out", Folder["p.npy"]);
        Assert.AreEqual(128 + (Images * 10 * sizeof(float)), new FileInfo(Folder["p.npy"]).Length);
    }

    [TestMethod]
    [DataRow("", "None of the 400 images of 'train-images-idx3-ubyte' has a label, expected some of every class.")]
    [DataRow("a", "All 1 labels of 'train-images-idx3-ubyte' are 'a', expected two classes at least.")]
    public async Task Labels_that_teach_nothing_are_refused(string first, string message)
    {
        File.WriteAllLines(Folder["few.csv"], Enumerable.Range(0, Images).Select(row => row == 0 ? first : ""));
        await FailAsync(message, "fit", "--data", Rows, "--labels", Folder["few.csv"], "--encoder", Folder["encoder.onnx"], "--out", Folder["none"]);
    }

    [TestMethod]
    public async Task What_does_not_go_together_is_one_sentence_and_leaves_nothing()
    {
        File.WriteAllLines(Folder["short.csv"], ["a", "b"]);
        await FailAsync("has 2 lines, expected one for each of the 400 rows", "fit", "--data", Rows, "--labels", Folder["short.csv"], "--encoder", Folder["encoder.onnx"], "--out", Folder["none"]);
        await FailAsync("has no labels; name a file of them with --labels", "fit", "--data", Rows, "--encoder", Folder["encoder.onnx"], "--out", Folder["none"]);
        await FailAsync("has labels of its own; leave --labels out", "fit", "--data", Folder["data"], "--labels", Folder["short.csv"], "--encoder", Folder["encoder.onnx"], "--out", Folder["none"]);
        await FailAsync("--fraction must be above 0 and at most 1", "fit", "--data", Folder["data"], "--fraction", "2", "--out", Folder["none"]);
        await FailAsync("is neither a run folder nor an .onnx file", "fit", "--data", Rows, "--labels", Folder["labels.csv"], "--encoder", Folder["nothing"], "--out", Folder["none"]);
        await FailAsync("is neither a file or folder of images nor a known data set (fashion-mnist, mnist)", "fit", "--data", Folder["nothing"], "--out", Folder["none"]);
        await FailAsync("expected 784. (The encoder that is trained here takes 28 x 28 pixels", "fit", "--data", Folder["data/train-labels-idx1-ubyte"], "--labels", Folder["labels.csv"], "--out", Folder["none"]);
        File.WriteAllText(Folder["nan.csv"], string.Join(',', Enumerable.Repeat("NaN", 784)) + "\n");
        File.WriteAllLines(Folder["one.csv"], ["a"]);
        await FailAsync("row 1 (line 1)", "fit", "--data", Folder["nan.csv"], "--labels", Folder["one.csv"], "--encoder", Folder["encoder.onnx"], "--out", Folder["none"]);
        Assert.IsFalse(Directory.Exists(Folder["none"]));

        string run = await FitOnceAsync();
        File.WriteAllLines(Folder["foreign.csv"], Truth().Select((name, row) => row == 1 ? "elsewhere" : name));
        await FailAsync("calls row 2 'elsewhere', which the classifier never saw", "score", run, "--in", Rows, "--out", Folder["x.csv"], "--labels", Folder["foreign.csv"]);
        File.WriteAllText(Folder["narrow.csv"], "1,2,3\n");
        await FailAsync("784", "score", run, "--in", Folder["narrow.csv"], "--out", Folder["x.csv"]);
        await FailAsync("--abstain must be a probability", "score", run, "--in", Rows, "--out", Folder["x.csv"], "--abstain", "2");
        await FailAsync("An idx file holds pixels", "score", run, "--in", Rows, "--out", Folder["x.idx"]);
        await FailAsync("Only a csv file has a place for labels", "score", run, "--in", Rows, "--out", Folder["x.npy"], "--abstain", "0.5");
        await FailAsync("--with-rows belongs to csv", "score", run, "--in", Rows, "--out", Folder["x.npy"], "--with-rows");
        await FailAsync("--labels and --out both name", "score", run, "--in", Rows, "--labels", Folder["labels.csv"], "--out", Folder["labels.csv"]);
        await FailAsync("holds no classifier of pixels", "score", Folder["encoder.onnx"], "--in", Rows, "--out", Folder["x.csv"]);
        await FailAsync("damaged.zip' holds no classifier of pixels", "score", Folder.Write("damaged.zip", "PK"u8.ToArray()), "--in", Rows, "--out", Folder["x.csv"]);
        Assert.IsFalse(File.Exists(Folder["x.csv"]));
    }

    // As the command does it, with fewer steps.
    private static async Task<JsonElement> FitPerceptronAsync(string run)
    {
        ClassifySettings settings = new() { Folds = 2, WeightDecays = [0.01, 0.1], Perceptron = new() { Epochs = 8 } };
        ClassifyFitResult result = await new ClassifierFitter(new PlainConsole().Context, new DataSetStore(), settings).RunAsync(
            new ClassifyFitRequest
            {
                Data = Rows,
                Labels = Folder["labels.csv"],
                Encoder = new EncoderSpec(null, Folder["encoder.onnx"], null),
                Method = HeadKind.Mlp,
                Fuse = true,
                OutputFolder = run,
            },
            CancellationToken.None);
        return JsonSerializer.SerializeToElement(result, JsonFile.Options);
    }

    private static async Task<string> FitOnceAsync()
    {
        string run = Folder["run-once"];
        if (!Directory.Exists(run))
        {
            await RunAsync("fit", "--data", Rows, "--labels", Folder["labels.csv"], "--encoder", Folder["encoder.onnx"], "--method", "linear", "--no-spreading", "--out", run);
        }

        return run;
    }

    private static string[] Truth() => [.. IdxReader.Read(Folder["data/train-labels-idx1-ubyte"]).Data.ToArray().Select(label => Names[label])];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Task<JsonElement> RunAsync(params string[] arguments) => PlainConsole.FiguresAsync(Folder, ["classify", .. arguments]);

    private static async Task FailAsync(string message, params string[] arguments)
    {
        PlainConsole console = new();
        Assert.AreNotEqual(ExitCode.Success, await console.RunAsync(["classify", .. arguments]));
        Assert.HasCount(1, console.ErrorLines);
        Assert.Contains(message, console.Error);
    }
}
