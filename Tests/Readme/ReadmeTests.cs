using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
[DoNotParallelize] // the example writes into the current directory
public sealed partial class ReadmeTests
{
    [TestMethod]
    [DataRow("README.md", "Example.cs")]
    [DataRow("SEMI-SUPERVISED.md", "FewLabelsExample.cs")]
    public void TheExamplesAreTheCodeThatTheNextTestsRun(string document, string example)
    {
        string code = Resource(example);
        string usings = code[..code.IndexOf("namespace", StringComparison.Ordinal)];
        string[] run = [.. Region().Matches(code).Select(match => Indentation().Replace(match.Groups[1].Value, ""))];
        string[] shown = [.. Block().Matches(Resource(document)).Select(match => match.Groups[1].Value)];

        Assert.IsNotEmpty(shown);
        CollectionAssert.AreEqual(shown, (string[])[usings + run[0], .. run[1..]]);
    }

    [TestMethod]
    public void TheExampleRuns() => InFolderOfExamples(data =>
        Assert.IsGreaterThan(0.5, Example.Run(data))); // a square's place tells its class

    [TestMethod]
    public void TheExampleOfATableRuns() => InFolderOfExamples(_ =>
    {
        SyntheticTable.Write("table.csv", rows: 400);
        ITransformer model = Example.RunOnTable();
        var ml = new MLContext();
        IDataView rows = ml.Data.LoadFromTextFile("table.csv", [new("Numbers", DataKind.Single, 0, 7)], separatorChar: ',', hasHeader: true);
        float[][] expected = [.. model.Transform(rows).GetColumn<float[]>("Code")], found = [.. ml.Model.Load("autoencoder.zip", out DataViewSchema _).Transform(rows).GetColumn<float[]>("Code")];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(3, expected[i].Length);
            Assert.AreEqual(0, expected[i].Zip(found[i], (a, b) => Math.Abs(a - b)).Max(), 1e-5);
        }

        Assert.IsLessThan(0.3f, model.Transform(rows).GetColumn<float[]>("Error").Average(error => error[0])); // of columns with a variance of 1
    });

    [TestMethod]
    public void TheExampleOfFewLabelsRuns() => InFolderOfExamples(_ => Assert.IsGreaterThan(0.5, FewLabelsExample.Run()));

    [TestMethod]
    public void TheExampleOfFewLabelsRunsOnPlainVectors()
    {
        var random = new Random(1);
        Point[] points = [.. Enumerable.Range(0, 300).Select(i =>
        {
            double angle = (i % 3 * 2 * Math.PI / 3) + random.NextDouble(); // three clouds around the origin
            return new Point { Features = [(float)Math.Cos(angle), (float)Math.Sin(angle)], Label = i < 6 ? (uint)(i % 3) : 3 };
        })];
        ITransformer model = FewLabelsExample.RunOnPoints(points);
        uint[] predicted = [.. model.Transform(new MLContext().Data.LoadFromEnumerable(points)).GetColumn<uint>("PredictedLabel")];
        Assert.IsGreaterThan(0.95, predicted.Index().Average(row => row.Item == (row.Index % 3) + 1 ? 1.0 : 0));
    }

    // A current directory with a data set and an encoder.
    private static void InFolderOfExamples(Action<string> run)
    {
        using var folder = new TemporaryFolder();
        string data = SyntheticDataSet.Write(folder["data"], train: 2000);
        foreach (string file in Directory.GetFiles(data))
        {
            File.Move(file, file + ".gz"); // gzip is known by its content, not by its name
            File.Copy(file + ".gz", folder[Path.GetFileName(file) + ".gz"]);
        }

        using Autoencoder model = ModelCatalog.Get("linear-1000").Create(seed: 1);
        AutoencoderExport.Write(model, "linear-1000", folder.Path);
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            run(data);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("// example: begin\n(.*?) *// example: end", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^ {8}", RegexOptions.Multiline)]
    private static partial Regex Indentation();
}
