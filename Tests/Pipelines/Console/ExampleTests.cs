using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
[DoNotParallelize] // the examples name files of the current directory
public sealed class ExampleTests
{
    // What makes a long command short.
    private static readonly Dictionary<string, string[]> Shorter = new()
    {
        ["classify fit"] = ["--encoder", "runs/demo-fashion-mnist", "--method", "linear", "--no-spreading"],
        ["experiment"] = ["--fractions", "0.1", "--encoder", "runs/demo-fashion-mnist:code"],
    };

    [TestMethod]
    public async Task EveryExampleRuns()
    {
        using var folder = new TemporaryFolder();
        DataSetStore dataSets = Prepare(folder);
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            foreach ((string[] words, CliCommand command) in CliHelpTests.Commands().Where(found => found.Command is CliCommand).Select(found => (found.Words, (CliCommand)found.Command)))
            {
                string name = string.Join(' ', words);
                string[] line = [.. words, .. command.Example.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
                var console = new PlainConsole(dataSets: dataSets);
                if (command is DemoCommand) // takes minutes on any data: its options are read, and no more
                {
                    Assert.IsEmpty(CommandLine.CreateRoot(console.Context).Parse(line).Errors);
                    continue;
                }

                Assert.AreEqual(ExitCode.Success, await console.RunAsync([.. line, .. Shorter.GetValueOrDefault(name, [])]), $"{name}: {console.Error}");
            }
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    // The files that the examples name and no other example writes.
    private static DataSetStore Prepare(TemporaryFolder folder)
    {
        DataSetStore dataSets = SyntheticDataSet.Store(folder.Path);
        UntrainedRun.Write(folder, "dense-30", "runs/demo-fashion-mnist", "fashion-mnist");
        foreach (string file in new[] { "encoder.onnx", "decoder.onnx" })
        {
            File.Copy(folder[$"runs/demo-fashion-mnist/{file}"], folder[file]);
        }

        File.Copy(folder["fashion-mnist/t10k-images-idx3-ubyte"], folder["images.idx"]);
        File.WriteAllLines(folder["labels.csv"], IdxReader.Read(folder["fashion-mnist/t10k-labels-idx1-ubyte"]).Data.ToArray().Select(label => $"{label}"));
        return dataSets;
    }
}
