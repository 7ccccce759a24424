using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>
/// A folder of exported files, each with an input and TorchSharp's output, for programs of others: every case of every
/// module, the golden files' networks and the files of a run of each, those of the catalogue, what the graph tools make of a
/// file, and some random stacks.
/// </summary>
internal sealed class PeerFolder : IDisposable
{
    private const int RandomStacks = 100;
    private const int Rows = 3;

    private readonly TemporaryFolder _folder = new();

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
            if (module is EncoderNetwork network)
            {
                AddRun(network);
            }
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
    public int CountUpTo(long opset) => Directory.GetFiles(_folder.Path, "*.onnx").Count(file => OnnxModelReader.Read(file).OpsetImport[0].Version <= opset);

    /// <summary>Runs a program on the folder and returns its lines.</summary>
    public string[] Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument.Replace("FOLDER", _folder.Path, StringComparison.Ordinal));
        }

        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => _folder.Dispose();

    private static Tensor Draw(long[] shape)
    {
        using var random = new Generator(7);
        return randn([Rows, .. shape], generator: random);
    }

    // The files that a run has, and what the tools make of its encoder.
    private void AddRun(EncoderNetwork network)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var run = new TemporaryFolder();
        network.InputShape = network is LayeredAutoencoder ? [1, 4, 4] : network.InputShape;
        RunGraphs.Write(network, "golden", run.Path);
        Tensor pixels = Draw([network.InputSize]), code = network.Encoder.call(pixels);
        AddFile(OnnxNames.EncoderFile, code, pixels);
        switch (network)
        {
            case EncoderClassifier classifier:
                AddFile(RunGraphs.ClassifierFile, functional.softmax(classifier.call(pixels), 1), pixels);
                break;
            case Autoencoder autoencoder:
                Tensor whole = autoencoder.Decoder.call(code);
                AddFile(OnnxNames.FeaturesFile, autoencoder.Map.call(pixels), pixels);
                AddFile(OnnxNames.DecoderFile, whole, code);
                AddFile(OnnxNames.AutoencoderFile, whole, pixels);
                Add(OnnxComposer.Compose(run[OnnxNames.EncoderFile], run[OnnxNames.DecoderFile]), whole, pixels);
                break;
        }

        if (network is VariationalAutoencoder variational)
        {
            Tensor map = variational.Map.call(pixels), noise = Draw([network.CodeSize]);
            AddFile(OnnxNames.SamplerFile, variational.Mean.call(map) + ((variational.LogVariance.call(map) * 0.5f).exp() * noise), pixels, noise);
        }

        if (network is LayeredAutoencoder) // the one that takes pictures
        {
            Tensor mirrored = pixels.reshape(-1, 4, 4).index_select(2, tensor([3L, 2L, 1L, 0L])).reshape(pixels.shape);
            Add(OnnxEncoders.MirrorAverage(run[OnnxNames.EncoderFile]), (code + network.Encoder.call(mirrored)) * 0.5f, pixels);
            byte[] integers = OnnxQuantizer.Quantize(run[OnnxNames.EncoderFile], pixels.data<float>().ToArray()).Model;
            using var runner = new GraphRunner(integers, "int8");
            GraphOutput rounded = runner.Run([pixels])[0];
            Add(integers, tensor(rounded.Values, [.. rounded.Shape]), pixels);
        }

        void AddFile(string file, Tensor expected, params Tensor[] inputs) => Add(File.ReadAllBytes(run[file]), expected, inputs);
    }

    private void Add(Module<Tensor, Tensor> module, long[] shape, Tensor input, OnnxExportOptions options)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        module.eval();
        Add(OnnxExporter.ToBytes(module, shape, options), module.call(input.clone()), input);
    }

    private void Add(byte[] model, Tensor expected, params Tensor[] inputs)
    {
        string name = $"{Count++:D3}";
        GraphProto graph = OnnxModelReader.Read(model, name).Graph;
        File.WriteAllBytes(_folder[$"{name}.onnx"], model);
        File.WriteAllBytes(_folder[$"{name}.expected"], MemoryMarshal.AsBytes<float>(expected.contiguous().data<float>().ToArray()).ToArray());
        for (int i = 0; i < inputs.Length; i++)
        {
            File.WriteAllBytes(_folder[$"{name}.{i}.in"], inputs[i].contiguous().bytes.ToArray());
        }

        File.WriteAllText(_folder[$"{name}.json"], JsonSerializer.Serialize(new
        {
            inputs = inputs.Select((input, i) => new { name = graph.Input[i].Name, type = input.dtype == ScalarType.Int64 ? "int64" : "float32", shape = input.shape }),
            output = graph.Output[0].Name,
            shape = expected.shape,
        }));
    }
}
