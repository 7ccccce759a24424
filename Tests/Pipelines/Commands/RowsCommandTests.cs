using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RowsCommandTests : IDisposable
{
    private const int Pixels = 784;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task CodesOfAllFormatsAreThoseOfTheTransformer()
    {
        UntrainedRun.Write(_folder, "linear-2");
        string idx = _folder["data/t10k-images-idx3-ubyte"];
        var ml = new MLContext();
        IDataView images = ml.Data.LoadFromIdx(idx);
        float[][] expected = [.. ml.Transforms.ApplyOnnxEncoder("Code", "Pixels", _folder["run/encoder.onnx"]).Fit(images).Transform(images).GetColumn<float[]>("Code")];

        JsonElement figures = await RunAsync("encode", "--in", idx, "--out", _folder["codes.npy"]);
        Assert.AreEqual(40, figures.GetProperty("rows").GetInt64());
        Assert.AreEqual(2, figures.GetProperty("valuesPerRow").GetInt32());
        AssertClose(expected, RowsOf.File<float>(_folder["codes.npy"], 2));

        await RunAsync("encode", "--in", idx, "--out", _folder["codes.csv.gz"]);
        AssertClose(expected, RowsOf.File<float>(_folder["codes.csv.gz"], 2));
    }

    [TestMethod]
    public async Task PicturesGoInAndComeOutUnderTheirNames()
    {
        UntrainedRun.Write(_folder, "linear-2");
        await RunAsync("reconstruct", "--in", _folder["data/t10k-images-idx3-ubyte"], "--out", _folder["numbered/"]);
        await RunAsync("denoise", "--in", _folder["numbered"], "--out", _folder["cleaned/"]);
        Assert.HasCount(40, Directory.GetFiles(_folder["cleaned"], "000000??.png"));

        await RunAsync("denoise", "--in", _folder["numbered"], "--out", _folder["grey/"], "--out-format", "pgm");
        Assert.HasCount(40, Directory.GetFiles(_folder["grey"], "000000??.pgm"));
        CollectionAssert.AreEqual(RowsOf.File<byte>(_folder["cleaned"], Pixels)[7], RowsOf.File<byte>(_folder["grey"], Pixels)[7]);

        await RunAsync("reconstruct", "--in", _folder["numbered"], "--out", _folder["pixels.idx.gz"]);
        IdxArray pixels = IdxReader.Read(_folder["pixels.idx.gz"]);
        CollectionAssert.AreEqual(new[] { 40, 28, 28 }, pixels.Dimensions.ToArray());
        CollectionAssert.AreEqual(RowsOf.File<byte>(_folder["cleaned"], Pixels)[7], pixels.Data.Slice(7 * Pixels, Pixels).ToArray());
    }

    [TestMethod]
    public async Task CodesDecodeToWhatTheAutoencoderMakes()
    {
        UntrainedRun.Write(_folder, "linear-2");
        string idx = _folder["data/t10k-images-idx3-ubyte"];
        await RunAsync("encode", "--in", idx, "--out", _folder["codes.csv"]);
        await RunAsync("decode", "--in", _folder["codes.csv"], "--out", _folder["decoded.npy"]);
        await RunAsync("reconstruct", "--in", idx, "--out", _folder["whole.npy"]);
        float[][] whole = RowsOf.File<float>(_folder["whole.npy"], Pixels);
        AssertClose(whole, RowsOf.File<float>(_folder["decoded.npy"], Pixels));

        await RunAsync("score", "--in", idx, "--out", _folder["errors.csv"]);
        byte[] first = IdxReader.Read(idx).Data[..Pixels].ToArray();
        double error = first.Zip(whole[0], (a, b) => Math.Pow((a / 255.0) - b, 2)).Average();
        Assert.AreEqual(error, RowsOf.File<float>(_folder["errors.csv"], 1)[0][0], 1e-5);
    }

    [TestMethod]
    public async Task AnyModelsOutputsStandSideBySide()
    {
        string model = TinyOnnx.Dense(3, 2, output: "y").Save(_folder);
        _folder.Write("rows.csv", "1,2,3\n4,5,6\n"u8.ToArray());
        await PlainConsole.SucceedAsync("score", model, "--in", _folder["rows.csv"], "--out", _folder["out.csv"], "--with-rows");
        string[] lines = File.ReadAllLines(_folder["out.csv"]);
        Assert.AreEqual("row,y_0,y_1", lines[0]);
        Assert.HasCount(3, lines);
        Assert.StartsWith("2,", lines[2]);
    }

    [TestMethod]
    public async Task RowsKeepTheirNumbersWhereOthersAreBadAndThoseAreNaN()
    {
        string model = TinyOnnx.Dense(3, 2, output: "y").Save(_folder);
        _folder.Write("rows.csv", "1,2,3\n4,5\n7,8,9\n"u8.ToArray());
        string[] arguments = ["score", model, "--in", _folder["rows.csv"], "--on-error"];
        await PlainConsole.SucceedAsync([.. arguments, "skip", "--out", _folder["out.csv"], "--with-rows"]);
        CollectionAssert.AreEqual(new[] { "row", "1", "3" }, File.ReadLines(_folder["out.csv"]).Select(line => line.Split(',')[0]).ToArray());

        await PlainConsole.SucceedAsync([.. arguments, "null", "--out", _folder["out.npy"]]);
        float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(_folder["out.npy"]).AsSpan(^(6 * sizeof(float))..)).ToArray(); // 3 rows of 2
        CollectionAssert.AreEqual(new[] { false, false, true, true, false, false }, values.Select(float.IsNaN).ToArray());
    }

    [TestMethod]
    public async Task DataGoThroughPipesAndNothingElseDoes()
    {
        UntrainedRun.Write(_folder, "linear-2");
        var console = new PlainConsole();
        using MemoryStream output = new();
        CliContext context = console.Context with
        {
            OpenStandardInput = () => File.OpenRead(_folder["data/t10k-images-idx3-ubyte"]),
            OpenStandardOutput = () => output,
        };
        int exitCode = await CommandLine.RunAsync(["encode", _folder["run"], "--in", "-", "--out", "-", "--out-format", "csv"], context, CancellationToken.None);
        Assert.AreEqual(ExitCode.Success, exitCode);
        Assert.AreEqual("", console.Output);
        Assert.Contains("standard output: 40 rows of 2", console.Error);
        Assert.DoesNotContain("standard output", Encoding.ASCII.GetString(output.ToArray()));
        Assert.HasCount(41, Encoding.ASCII.GetString(output.ToArray()).TrimEnd().Split('\n'));
    }

    [TestMethod]
    [DataRow("-", true)]
    [DataRow("/dev/stdout", true)]
    [DataRow("/dev/fd/1", true)]
    [DataRow("/dev/null", false)]
    public void StandardOutputIsKnownByItsOtherNames(string path, bool isStandardOutput) =>
        Assert.AreEqual(isStandardOutput, OutputTarget.Parse(path, "csv").IsStandardOutput);

    [TestMethod]
    public async Task AStreamsFormatIsNamedAndAFilesIsItsOwn()
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        _folder.Write("rows.npy", NpyFiles.Of<float>("<f4", "(2, 2)", 1, 2, 3, 4));
        using MemoryStream output = new();
        CliContext context = new PlainConsole().Context with { OpenStandardOutput = () => output };
        Assert.AreEqual(ExitCode.Success, await CommandLine.RunAsync(
            ["score", model, "--in", _folder["rows.npy"], "--out", "-"], context, CancellationToken.None));
        Assert.StartsWith("y\n", Encoding.ASCII.GetString(output.ToArray()));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task ANamedPipeIsReadLikeStandardInput()
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        string pipe = await MakePipeAsync();
        Task writing = Task.Run(() => File.WriteAllText(pipe, "1,2\n3,4\n")); // waits for the reader
        await PlainConsole.SucceedAsync("score", model, "--in", pipe, "--out", _folder["out.csv"]);
        await writing;
        Assert.HasCount(3, File.ReadAllLines(_folder["out.csv"]));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task ANamedPipeIsWrittenToAndStaysAPipe()
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        _folder.Write("rows.csv", "1,2\n3,4\n"u8.ToArray());
        string pipe = await MakePipeAsync();
        Task<string[]> reading = Task.Run(() => File.ReadAllLines(pipe));
        await PlainConsole.SucceedAsync("score", model, "--in", _folder["rows.csv"], "--out", pipe, "--out-format", "csv");
        Assert.HasCount(3, await reading);
        Assert.IsTrue(SpecialFile.Is(pipe));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [DataRow("--in", FileAccess.Write)]
    [DataRow("--out", FileAccess.Read)]
    public async Task APipeWithoutAnotherEndCanBeLeft(string option, FileAccess otherEnd)
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        _folder.Write("rows.csv", "1,2\n"u8.ToArray());
        string pipe = await MakePipeAsync();
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(100));
        string[] arguments = ["score", model, "--in", option == "--in" ? pipe : _folder["rows.csv"], "--out", option == "--out" ? pipe : _folder["out.csv"], "--out-format", "csv"];
        int exitCode = await Task.Run(() => CommandLine.RunAsync(arguments, new PlainConsole().Context, source.Token));
        Assert.AreEqual(ExitCode.Interrupted, exitCode);
        using FileStream other = new(pipe, FileMode.Open, otherEnd); // lets the thread that waits go
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task AReaderThatHasSeenEnoughEndsTheCommandQuietly()
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        const int Rows = 100_000; // far more than a pipe holds
        _folder.Write("rows.npy", NpyFiles.Of<float>("<f4", $"({Rows}, 2)", new float[Rows * 2]));

        // A process of its own: this one's standard output is the tests'.
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "score", model, "--in", _folder["rows.npy"], "--out", "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Assert.AreEqual("y", await process.StandardOutput.ReadLineAsync());
        process.StandardOutput.Close();
        string told = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.AreEqual((ExitCode.BrokenPipe, ""), (process.ExitCode, told));
    }

    [TestMethod]
    public async Task ASlowModelIsHeardOf()
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        ManualTime clock = new();
        DrippingStream slow = new("1,2\n"u8.ToArray(), times: 20, () => clock.Advance(TimeSpan.FromSeconds(6)));
        var console = new PlainConsole();
        CliContext context = console.Context with { OpenStandardInput = () => slow, Time = clock };
        Assert.AreEqual(ExitCode.Success, await CommandLine.RunAsync(["score", model, "--in", "-", "--format", "csv", "--out", _folder["out.csv"]], context, CancellationToken.None));
        Assert.Contains(" rows/s  (", console.Output.Split("100 %")[0]);
    }

    [TestMethod]
    public async Task BadRowsStopOrAreLeftOutOrMissing()
    {
        string model = TinyOnnx.Dense(2, 1, output: "y").Save(_folder);
        _folder.Write("rows.csv", "1,2\n3\n4,x\n5,6\n"u8.ToArray());
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Failure, await console.RunAsync("score", model, "--in", _folder["rows.csv"], "--out", _folder["out.csv"]));
        Assert.AreEqual($"onnxae: '{_folder["rows.csv"]}', row 2 (line 2): found 1 values, expected 2.", console.ErrorLines.Single());
        Assert.IsEmpty(Directory.GetFiles(_folder.Path, "*out.csv*"));

        console = new PlainConsole();
        string[] arguments = ["score", model, "--in", _folder["rows.csv"], "--out", _folder["out.csv"], "--bad-rows", _folder["bad.csv"], "--on-error"];
        Assert.AreEqual(ExitCode.Success, await console.RunAsync([.. arguments, "skip"]));
        Assert.HasCount(3, File.ReadAllLines(_folder["out.csv"]));
        Assert.AreEqual("2,line 2,\"found 1 values, expected 2\"", File.ReadAllLines(_folder["bad.csv"])[1]);
        Assert.Contains("2 bad rows left out:", console.Output);
        Assert.Contains("row 3 (line 3): found 'x' as value 2, expected a number", console.Output);

        Assert.AreEqual(ExitCode.Success, await console.RunAsync([.. arguments, "null"]));
        string[] lines = File.ReadAllLines(_folder["out.csv"]);
        Assert.AreEqual("NaN NaN", $"{lines[2]} {lines[3]}");
        Assert.HasCount(5, lines);
    }

    [TestMethod]
    public async Task NothingIsLeftWhenTheCommandIsStoppedWhileAPipeIsSilent()
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        using CancellationTokenSource source = new();
        using SilentStream silent = new("1,2\n"u8.ToArray(), source.Cancel);
        var console = new PlainConsole();
        int exitCode = await CommandLine.RunAsync(
            ["score", model, "--in", "-", "--format", "csv", "--out", _folder["out.npy"]], console.Context with { OpenStandardInput = () => silent }, source.Token);
        Assert.AreEqual(ExitCode.Interrupted, exitCode);
        Assert.IsEmpty(Directory.GetFiles(_folder.Path, "*out.npy*"));
    }

    [TestMethod]
    public async Task AnOutputThatTakesNoMoreIsAnsweredWithOneSentence()
    {
        string model = TinyOnnx.Dense(2, 1).Save(_folder);
        _folder.Write("rows.csv", "1,2\n"u8.ToArray());
        await PlainConsole.FailAsync(ExitCode.Failure, "No space left", "score", model, "--in", _folder["rows.csv"], "--out", "/dev/full", "--out-format", "csv");
    }

    [TestMethod]
    [DataRow("score M --in rows.csv --out out", "tells no format")]
    [DataRow("score M --in rows.csv --out out.jpg", "can't be written as 'jpg'")]
    [DataRow("score M --in rows.csv --out out.idx", "An idx file holds pixels")]
    [DataRow("score M --in rows.csv --out rows.csv", "--in and --out both name")]
    [DataRow("score M --in rows.csv --out out.csv --bad-rows out.csv", "--out and --bad-rows both name")]
    [DataRow("score M --in rows.csv --out out.csv --json rows.csv", "--in and --json both name")]
    [DataRow("score M --in rows.csv --out M --out-format csv", "MODEL and --out both name")]
    [DataRow("score M --in rows.csv --out out.csv --json M", "MODEL and --json both name")]
    [DataRow("score M --in rows.csv --out - --out-format npy", "begins with the number of rows")]
    [DataRow("score M --in rows.csv --out nowhere/out.csv", "The folder of --out")]
    [DataRow("score M --in rows.idx --out out.csv", "holds bytes")]
    [DataRow("score M --in rows.csv --out out.npy --with-rows", "--with-rows belongs to csv")]
    [DataRow("encode F --in rows.csv --out out.npy", "holds no encoder.onnx")]
    public async Task BadUsageIsAnsweredWithOneSentence(string line, string sentence)
    {
        TinyOnnx.Dense(2, 1).Save(_folder);
        _folder.Write("rows.csv", "1,2\n"u8.ToArray());
        _folder.Write("rows.idx", [.. IdxFiles.Header(1, 2), 1, 2]);
        string[] words = [.. line.Split(' ').Select(word => word switch
        {
            "M" => _folder["model.onnx"],
            "F" => _folder.Path,
            "out.idx" or "out.npy" or "out.csv" or "rows.csv" or "rows.idx" => _folder[word],
            _ => word,
        })];
        await PlainConsole.FailAsync(ExitCode.Usage, sentence, words);
    }

    private async Task<string> MakePipeAsync()
    {
        using Process made = Process.Start("mkfifo", _folder["pipe"]);
        await made.WaitForExitAsync();
        return _folder["pipe"];
    }

    private static void AssertClose(float[][] expected, float[][] found)
    {
        Assert.HasCount(expected.Length, found);
        foreach ((float a, float b) in expected.SelectMany(r => r).Zip(found.SelectMany(r => r)))
        {
            Assert.AreEqual(a, b, 1e-5f);
        }
    }

    private Task<JsonElement> RunAsync(string command, params string[] arguments) =>
        PlainConsole.FiguresAsync(_folder, [command, _folder["run"], .. arguments]);
}
