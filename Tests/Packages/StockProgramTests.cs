using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

/// <summary>A program that knows the official packages alone, built outside this checkout, beside the program that saved a classifier.</summary>
[TestClass]
public sealed class StockProgramTests
{
    private const int Images = 300;
    private const int PixelCount = 28 * 28;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <UseAppHost>false</UseAppHost>
            <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.ML" Version="5.0.1" />
            <PackageReference Include="Microsoft.ML.OnnxTransformer" Version="5.0.1" />
            <PackageReference Include="Microsoft.ML.OnnxRuntime.Gpu" Version="1.31.0" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using System;
        using System.IO;
        using System.Linq;
        using Microsoft.ML;
        using Microsoft.ML.Data;

        var ml = new MLContext();
        ITransformer model = ml.Model.Load("classifier.zip", out _);
        byte[] pixels = File.ReadAllBytes("pixels.bin");
        var rows = pixels.Chunk(784).Select(row => new Row { Pixels = row.Select(pixel => pixel / 255f).ToArray() });
        IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(rows));
        scored = ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(scored).Transform(scored);
        File.WriteAllLines("names.txt", scored.GetColumn<string>("Name"));

        IDataView table = ml.Data.LoadFromTextFile("table.csv", new[] { new TextLoader.Column("Numbers", DataKind.Single, 0, 7) }, separatorChar: ',', hasHeader: true);
        IDataView codes = ml.Model.Load("autoencoder.zip", out _).Transform(table);
        File.WriteAllLines("codes.txt", codes.GetColumn<float[]>("Code").Select(code => string.Join(' ', code.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))));

        class Row
        {
            [VectorType(784)]
            public float[] Pixels { get; set; }
        }
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_saved_classifier_predicts_the_same_without_this_library()
    {
        using TemporaryFolder folder = new();
        string rows = Path.Combine(SyntheticDataSet.Write(folder["data"], train: Images), "train-images-idx3-ubyte");
        using (Autoencoder network = ModelCatalog.Get("linear-1000").Create(seed: 1))
        {
            AutoencoderExport.Write(network, "linear-1000", folder.Path);
        }

        File.WriteAllLines(folder["labels.csv"], Enumerable.Range(0, Images).Select(row => row < 100 ? $"place {row % 10}" : ""));
        PlainConsole console = new();
        int exitCode = await console.RunAsync(
            "classify", "fit", "--data", rows, "--labels", folder["labels.csv"], "--encoder", folder["encoder.onnx"], "--method", "linear", "--out", folder["run"]);
        Assert.AreEqual(ExitCode.Success, exitCode, console.Error);

        folder.Write("stock/stock.csproj", System.Text.Encoding.UTF8.GetBytes(Project));
        folder.Write("stock/Program.cs", System.Text.Encoding.UTF8.GetBytes(Program));
        folder.Write("stock/pixels.bin", File.ReadAllBytes(rows)[^(Images * PixelCount)..]);
        File.Copy(folder["run/classifier.zip"], folder["stock/classifier.zip"]);
        float[][] codes = TrainOnTable(folder["stock/table.csv"], folder["stock/autoencoder.zip"]);
        await Dotnet.RunAsync(folder["stock"], ["build", "-c", "Release", "-nodeReuse:false", "-o", "out"], TestContext.CancellationToken);
        await Dotnet.RunAsync(folder["stock"], ["out/stock.dll"], TestContext.CancellationToken);

        MLContext ml = new();
        IDataView scored = ml.Model.LoadWithBatchedOnnx(folder["run/classifier.zip"], out _).Transform(ml.Data.LoadFromIdx(rows));
        scored = ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(scored).Transform(scored);
        string[] names = [.. scored.GetColumn<string>("Name")];
        Assert.HasCount(10, names.Distinct().ToList());
        CollectionAssert.AreEqual(names, File.ReadAllLines(folder["stock/names.txt"]));
        string[] stock = File.ReadAllLines(folder["stock/codes.txt"]);
        Assert.HasCount(codes.Length, stock);
        foreach ((float[] code, string line) in codes.Zip(stock))
        {
            float[] found = [.. line.Split(' ').Select(text => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.AreEqual(0, code.Zip(found, (a, b) => Math.Abs(a - b)).Max(), 1e-5);
        }
    }

    // An autoencoder in a pipeline, saved with its scaling.
    private static float[][] TrainOnTable(string path, string zip)
    {
        SyntheticTable.Write(path, rows: 200);
        MLContext ml = new(seed: 1);
        IDataView table = ml.Data.LoadFromTextFile(path, [new TextLoader.Column("Numbers", DataKind.Single, 0, 7)], separatorChar: ',', hasHeader: true);
        using var model = ml.Transforms.Autoencoder("Code", "Numbers", new AutoencoderOptions { CodeSize = 3, Epochs = 2, Standardize = true }).Fit(table);
        ml.Model.Save(model, table.Schema, zip);
        return [.. model.Transform(table).GetColumn<float[]>("Code")];
    }
}
