using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Pipelines;
using OnnxAE.Training;
using SkiaSharp;

namespace OnnxAE.Tests;

/// <summary>Pictures and tables of a user's own, from the command line.</summary>
[TestClass]
public sealed class OwnDataTests : IDisposable
{
    private static readonly string[] Classes = ["blue", "red"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task AFolderOfColouredPicturesOfAnySizeIsLearnedEncodedAndComesBack()
    {
        WritePictures(_folder["pictures"], perClass: 20);
        File.WriteAllText(_folder["pictures/red/notes.txt"], "x");
        File.WriteAllText(_folder["pictures/red/broken.png"], "x");
        JsonElement run = await RunAsync(
            "train", "conv", "--data", _folder["pictures"], "--size", "12x8", "--color", "--code", "5", "--epochs", "2", "--test", "0.25", "--out", _folder["run"]);
        Assert.AreEqual((10, 1), (run.GetProperty("verify").GetProperty("images").GetInt32(), run.GetProperty("seed").GetInt32()));
        OnnxModelInfo info = OnnxModelInfo.Read(_folder["run/encoder.onnx"]);
        Assert.AreEqual(("3x8x12", "stretch"), (info.Metadata["onnxae.input_shape"], info.Metadata["onnxae.resize"]));

        await RunAsync("encode", _folder["run/encoder.onnx"], "--in", _folder["pictures"], "--out", _folder["codes.npy"], "--on-error", "skip");
        Assert.AreEqual((40, 5), (RowsOf.File<float>(_folder["codes.npy"], 5).Length, RowsOf.File<float>(_folder["codes.npy"], 5)[0].Length));

        await RunAsync("reconstruct", _folder["run"], "--in", _folder["pictures"], "--out", _folder["back/"], "--on-error", "skip");
        Assert.HasCount(20, Directory.GetFiles(_folder["back/red"], "*.png"));
        using SKBitmap back = SKBitmap.Decode(Directory.GetFiles(_folder["back/red"])[0]);
        Assert.AreEqual((12, 8), (back.Width, back.Height));

        await RunAsync("verify", _folder["run"]); // finds its own pictures again
        await RunAsync("export", _folder["run"], "--opset", "18");
        Assert.AreEqual("stretch", OnnxModelInfo.Read(_folder["run/encoder.onnx"]).Metadata["onnxae.resize"]);
        await RunAsync("inspect", "codes", _folder["run"], "--count", "3", "--out", _folder["codes.png"]);
    }

    [TestMethod]
    public async Task AFewLabeledPicturesOfEachClassTeachAClassifier()
    {
        WritePictures(_folder["pictures"], perClass: 24);
        Directory.CreateDirectory(_folder["pictures/unlabeled"]);
        foreach (string name in Classes)
        {
            foreach (string file in Directory.GetFiles(_folder[$"pictures/{name}"]).Order(StringComparer.Ordinal).Skip(4))
            {
                File.Move(file, _folder[$"pictures/unlabeled/{name}-{Path.GetFileName(file)}"]);
            }
        }

        PlainConsole console = new();
        int exitCode = await console.RunAsync(
            "classify", "fit", "--data", _folder["pictures"], "--size", "8x8", "--color", "--encoder", await EncoderAsync(), "--fuse", "--out", _folder["sorted"]);
        Assert.AreEqual(ExitCode.Success, exitCode, console.Error);
        foreach (string model in new[] { "sorted", "sorted/classifier.onnx" })
        {
            await RunAsync("classify", "score", _folder[model], "--in", _folder["pictures/unlabeled"], "--out", _folder["labels.csv"], "--with-rows");
            string[][] rows = [.. File.ReadLines(_folder["labels.csv"]).Skip(1).Select(line => line.Split(','))];
            Assert.HasCount(40, rows);
            Assert.IsGreaterThan(0.9, rows.Average(row => row[0].StartsWith(row[1], StringComparison.Ordinal) ? 1.0 : 0));
        }
    }

    [TestMethod]
    [DataRow("--size 0x8", "is no width and height")]
    [DataRow("--color", "--size brings pictures to one size")]
    [DataRow("--size 5x5", "needs pictures of at least 8 x 8 pixels")]
    public async Task WhatCanNotBeDoneIsSaidBeforeTheFirstStep(string options, string expected)
    {
        WritePictures(_folder["pictures"], perClass: 5);
        PlainConsole console = new();
        int exitCode = await console.RunAsync(["train", "conv", "--data", _folder["pictures"], .. options.Split(' '), "--out", _folder["run"]]);
        Assert.AreNotEqual(ExitCode.Success, exitCode);
        Assert.Contains(expected, console.Error);
        Assert.IsFalse(Directory.Exists(_folder["run"]));
    }

    [TestMethod]
    public async Task ATableIsLearnedAndEncodedByItsOwnColumns()
    {
        var random = new Random(1);
        File.WriteAllLines(_folder["table.csv"], Enumerable.Range(0, 200).Select(i =>
        {
            double a = random.NextDouble(), b = random.NextDouble();
            string missing = i % 10 == 0 ? "" : FormattableString.Invariant($"{1000 * b}");
            return FormattableString.Invariant($"{i},{a},{missing},{(a > 0.5 ? "warm" : "cold")},{(b > 0.5 ? "yes" : "no")}");
        }).Prepend("id,a,b,weather,answer"));
        await RunAsync("train", "dense", "--data", _folder["table.csv"], "--columns", "a..weather", "--label", "answer", "--code", "2", "--epochs", "5", "--out", _folder["run"]);
        RunRecord record = RunRecord.Load(_folder["run"]);
        CollectionAssert.AreEqual(new[] { 5 }, record.Model.InputShape.ToArray()); // a, b, whether b is missing, cold, warm
        Assert.AreEqual((180, 20), (record.Data.TrainImages, record.Data.TestImages));

        // The run's own model, and the stock one, on a table whose columns stand in another order.
        File.WriteAllLines(_folder["new.csv"], ["weather,b,x,a", "cold,17,1,0.3", "warm,,2,0.9", "never seen,5,3,"]);
        await RunAsync("encode", _folder["run"], "--in", _folder["new.csv"], "--out", _folder["codes.npy"]);
        float[][] codes = RowsOf.File<float>(_folder["codes.npy"], 2);
        MLContext ml = new();
        IDataView rows = ml.Data.LoadFromTable(_folder["new.csv"], new TableOptions { Columns = "a,b", Kept = ["weather"] });
        float[][] stock = [.. ml.Model.Load(_folder["run/encoder.zip"], out _).Transform(rows).GetColumn<float[]>("Code")];
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(0, codes[i].Zip(stock[i], (x, y) => Math.Abs(x - y)).Max(), 1e-5);
            Assert.IsTrue(codes[i].All(float.IsFinite)); // also where 'a' is missing, which it never was before
        }

        await RunAsync("score", _folder["run"], "--in", _folder["new.csv"], "--out", _folder["errors.csv"]);
        Assert.HasCount(4, File.ReadAllLines(_folder["errors.csv"]));
        await RunAsync("verify", _folder["run"]);

        // The last slots are one column to this loss, and it says so.
        PlainConsole console = new();
        string[] mixed = ["train", "dense", "--data", _folder["table.csv"], "--columns", "a..weather", "--code", "2", "--epochs", "5", "--loss", "mixed", "--out", _folder["mixed"]];
        Assert.AreEqual(ExitCode.Success, await console.RunAsync(mixed), console.Error);
        Assert.Contains("rebuilt values of categories are logits", console.Output);

        Assert.AreEqual(ExitCode.Usage, await console.RunAsync("train", "dense", "--data", _folder["table.csv"], "--columns", "c", "--out", _folder["other"]));
        Assert.Contains("Found no column 'c', expected one of id, a, b, weather, answer", console.Error);
        File.WriteAllLines(_folder["new.csv"], ["weather,b", "cold,17"]);
        Assert.AreEqual(ExitCode.Failure, await console.RunAsync("encode", _folder["run"], "--in", _folder["new.csv"], "--out", _folder["no.npy"]));
        Assert.Contains("the model reads 'a' too", console.Error);
    }

    private async Task<string> EncoderAsync()
    {
        await RunAsync("train", "linear", "--data", _folder["pictures"], "--size", "8x8", "--color", "--code", "6", "--epochs", "20", "--out", _folder["encoder"]);
        return _folder["encoder"];
    }

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        PlainConsole console = new();
        Assert.AreEqual(ExitCode.Success, await console.RunAsync([.. arguments, "--json", folder["figures.json"]]), console.Error);
        return JsonDocument.Parse(File.ReadAllText(folder["figures.json"])).RootElement;
    }

    // Noisy pictures of a colour, of several sizes and kinds.
    private static void WritePictures(string folder, int perClass)
    {
        var random = new Random(1);
        foreach (string name in Classes)
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            for (int i = 0; i < perClass; i++)
            {
                using SKBitmap bitmap = new(14 + (i % 3), 10 + (i % 5));
                byte noise = (byte)random.Next(60);
                bitmap.Erase(name == "red" ? new SKColor((byte)(255 - noise), noise, noise) : new SKColor(noise, noise, (byte)(255 - noise)));
                bitmap.Erase(SKColors.White, new SKRectI(1, 1, 3 + random.Next(5), 4));
                bool isJpeg = i % 2 == 0;
                using SKData data = bitmap.Encode(isJpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, 95);
                File.WriteAllBytes(Path.Combine(folder, name, $"{i:D2}{(isJpeg ? ".jpg" : ".png")}"), data.ToArray());
            }
        }
    }
}
