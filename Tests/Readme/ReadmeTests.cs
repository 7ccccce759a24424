using System.Text.RegularExpressions;
using OnnxAE.Models;
using OnnxAE.Tests.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests.Readme;

[TestClass]
[DoNotParallelize] // the example writes into the current directory
public sealed partial class ReadmeTests
{
    [TestMethod]
    public void TheExampleIsTheCodeThatTheNextTestRuns()
    {
        string example = Resource("Example.cs");
        string body = Between(example, "// README: begin\n", "        // README: end");
        string shown = Between(Resource("README.md"), "```csharp\n", "```");

        Assert.AreEqual("using Microsoft.ML;\n\n" + Indentation().Replace(body, ""), shown);
    }

    [TestMethod]
    public void TheExampleRuns()
    {
        using var folder = new TemporaryFolder();
        string data = SyntheticDataSet.Write(folder["data"], train: 2000);
        foreach (string file in Directory.GetFiles(data))
        {
            File.Move(file, file + ".gz"); // gzip is known by its content, not by its name
        }

        using Autoencoder model = ModelCatalog.Get("S3.trivial1000").Create(seed: 1);
        AutoencoderExport.Write(model, "S3.trivial1000", folder.Path);
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Assert.IsGreaterThan(0.5, Example.Run([data, folder["encoder.onnx"]])); // a square's place tells its class
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

    private static string Between(string text, string begin, string end)
    {
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[start..text.IndexOf(end, start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("^ {8}", RegexOptions.Multiline)]
    private static partial Regex Indentation();
}
