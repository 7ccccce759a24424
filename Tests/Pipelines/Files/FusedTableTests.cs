using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

/// <summary>The ONNX file that takes a table's columns.</summary>
[TestClass]
public sealed class FusedTableTests : IDisposable
{
    // Names that the encoder has too, and ones that are no identifiers.
    private static readonly string[] Columns = ["pixels", "width in cm", "größe", "Wetter?", "unit"];
    private static readonly string[] Sorts = ["mild, then cold", "été", "1", ""];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task GivesTheCodesOfTheZipForWhateverTheCellsHold()
    {
        await TrainAsync("--fuse");
        MLContext ml = new();
        ITransformer zip = ml.Model.Load(_folder["run/encoder.zip"], out _);
        Row[] rows =
        [
            new(0.5f, 500, -2, "été", "kg"), new(0.1f, float.NaN, 7, "mild, then cold", "kg"), new(12, 3, float.NaN, "1", "kg"),
            new(-1, float.NaN, float.NaN, "", ""), new(0, 0, 0, "never seen", "lb"), new(1, 1e6f, 1e-6f, "ÉTÉ", "KG"), new(0.5f, 500, -2, " été", "kg "),
        ];
        float[] expected = [.. zip.Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Code").SelectMany(code => code)];
        using InferenceSession session = new(_folder["run/table-encoder.onnx"]);
        CollectionAssert.AreEqual(Columns, session.InputNames.ToArray());
        CollectionAssert.AreEqual(new[] { "code" }, session.OutputNames.ToArray());
        foreach (float[] found in new[] { Run(session, rows), [.. rows.SelectMany(row => Run(session, [row]))] })
        {
            Assert.HasCount(2 * rows.Length, found);
            for (int i = 0; i < found.Length; i++)
            {
                Assert.AreEqual(expected[i], found[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])), $"number {i}");
            }
        }

        // What the encoder says of itself.
        OnnxModelInfo encoder = OnnxModelInfo.Read(_folder["run/encoder.onnx"]), fused = OnnxModelInfo.Read(_folder["run/table-encoder.onnx"]);
        CollectionAssert.AreEquivalent(encoder.Metadata.ToArray(), fused.Metadata.ToArray());
    }

    [TestMethod]
    public async Task AFileThatGivesOtherCodesIsRefusedWithItsRow()
    {
        await TrainAsync();
        MLContext ml = new();
        WriteTable(_folder["other.csv"], scale: 2);
        (TableFile table, TableFile other) = (TableFile.Open(_folder["table.csv"]), TableFile.Open(_folder["other.csv"]));
        FusedTable.Write(_folder["other.onnx"], other, TableFeatures.Fit(ml, other).Transformer, _folder["run/encoder.onnx"]);
        ITransformer zip = ml.Model.Load(_folder["run/encoder.zip"], out _);
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(
            () => FusedTableComparison.Run(_folder["other.onnx"], zip, table, _ => { }, CancellationToken.None));
        // The first row has no width, and the mean of it is 0 to either.
        Assert.Contains($"gives row 2 of '{table.Path}' the code", exception.Message);
    }

    [TestMethod]
    public async Task IsForTablesAlone()
    {
        PlainConsole console = new();
        Assert.AreEqual(ExitCode.Usage, await console.RunAsync("train", "dense", "--data", _folder.Path, "--fuse", "--out", _folder["run"]));
        Assert.Contains("--fuse is for tables", console.Error);
    }

    private async Task TrainAsync(params string[] options)
    {
        WriteTable(_folder["table.csv"], scale: 1);
        PlainConsole console = new();
        int exitCode = await console.RunAsync(
            ["train", "dense", "--data", _folder["table.csv"], "--code", "2", "--epochs", "2", "--out", _folder["run"], .. options]);
        Assert.AreEqual(ExitCode.Success, exitCode, console.Error);
    }

    private static void WriteTable(string path, double scale)
    {
        var random = new Random(1);
        File.WriteAllLines(path, Enumerable.Range(0, 300).Select(i => FormattableString.Invariant(
            $"{random.NextDouble()},{(i % 7 == 0 ? "" : $"{(int)(1000 * scale * random.NextDouble())}")},{(i % 11 == 0 ? "NA" : $"{i % 10}")},\"{Sorts[random.Next(4)]}\",kg"))
            .Prepend(string.Join(',', Columns)));
    }

    private static float[] Run(InferenceSession session, Row[] rows)
    {
        OrtValue[] inputs = [Numbers(row => row.Pixels), Numbers(row => row.Width), Numbers(row => row.Height), Texts(row => row.Weather), Texts(row => row.Unit)];
        using RunOptions options = new();
        using var outputs = session.Run(options, Columns, inputs, session.OutputNames);
        Array.ForEach(inputs, input => input.Dispose());
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();

        OrtValue Numbers(Func<Row, float> get) => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, row => get(row)), [rows.Length, 1]);

        OrtValue Texts(Func<Row, string> get)
        {
            OrtValue value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [rows.Length, 1]);
            for (int i = 0; i < rows.Length; i++)
            {
                value.StringTensorSetElementAt(get(rows[i]), i);
            }

            return value;
        }
    }

    private sealed record Row(
        [property: ColumnName("pixels")] float Pixels,
        [property: ColumnName("width in cm")] float Width,
        [property: ColumnName("größe")] float Height,
        [property: ColumnName("Wetter?")] string Weather,
        [property: ColumnName("unit")] string Unit);
}
