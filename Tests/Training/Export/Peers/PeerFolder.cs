using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using OnnxAE.Inference.Onnx;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Training.Export.Peers;

/// <summary>
/// A folder of exported files, each with an input and TorchSharp's output, for programs of others: every case of every
/// module, the golden files' networks, those of the catalogue and some random stacks.
/// </summary>
internal sealed class PeerFolder : IDisposable
{
    private const int RandomStacks = 100;
    private const int Rows = 3;

    private readonly TemporaryFolder folder = new();

    public PeerFolder()
    {
        foreach (ModuleCase each in ModuleCase.All)
        {
            using Module<Tensor, Tensor> module = Exported.Shaken(each.Create(), seed: 3);
            bool takesIndices = module is TorchSharp.Modules.Embedding;
            using Tensor input = takesIndices ? tensor(new long[] { 4, 0, 1, 1, 2, 3 }, [6]) : Draw(each.Shape);
            Add(module, each.Shape, input, new OnnxExportOptions { InputType = takesIndices ? OnnxElementType.Index : OnnxElementType.Real });
        }

        foreach (GoldenNetwork golden in GoldenNetwork.All)
        {
            using Module<Tensor, Tensor> module = golden.Create();
            using Tensor input = Draw(golden.Shape);
            Add(module, golden.Shape, input, new OnnxExportOptions());
        }

        foreach (var architecture in ModelCatalog.All)
        {
            using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
            using Tensor input = Draw([network.InputSize]);
            Add(network, [network.InputSize], input, new OnnxExportOptions());
        }

        for (int seed = 0; seed < RandomStacks; seed++)
        {
            var stack = new RandomStack(1000 + seed);
            using Tensor input = Draw(stack.InputShape);
            Add(stack.Module, stack.InputShape, input, new OnnxExportOptions { Opset = 13 + (seed % 9) });
            stack.Module.Dispose();
        }
    }

    public int Count { get; private set; }

    /// <summary>Files of an operator set up to this one.</summary>
    public int CountUpTo(long opset) => Directory.GetFiles(folder.Path, "*.onnx").Count(file => OnnxModelReader.Read(file).OpsetImport[0].Version <= opset);

    /// <summary>Runs a program on the folder and returns its lines.</summary>
    public string[] Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument.Replace("FOLDER", folder.Path, StringComparison.Ordinal));
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => folder.Dispose();

    private static Tensor Draw(long[] shape)
    {
        using var random = new Generator(7);
        return randn([Rows, .. shape], generator: random);
    }

    private void Add(Module<Tensor, Tensor> module, long[] shape, Tensor input, OnnxExportOptions options)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        module.eval();
        string name = $"{Count++:D3}";
        OnnxExporter.Export(module, shape, folder[$"{name}.onnx"], options);
        Tensor output = module.call(input.clone()).contiguous();
        File.WriteAllBytes(folder[$"{name}.0.in"], input.bytes.ToArray());
        File.WriteAllBytes(folder[$"{name}.expected"], MemoryMarshal.AsBytes<float>(output.data<float>().ToArray()).ToArray());
        string type = input.dtype == ScalarType.Int64 ? "int64" : "float32";
        File.WriteAllText(folder[$"{name}.json"], JsonSerializer.Serialize(new
        {
            inputs = new[] { new { name = options.InputName, type, shape = input.shape } },
            output = options.OutputName,
            shape = output.shape,
        }));
    }
}
