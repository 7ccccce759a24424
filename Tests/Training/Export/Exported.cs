using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>Modules as exported graphs, and what both compute.</summary>
internal static class Exported
{
    public static ModelProto Model(Module<Tensor, Tensor> module, long[] shape, OnnxExportOptions? options = null) =>
        ModelProto.Parser.ParseFrom(OnnxExporter.ToBytes(module, shape, options));

    public static string[] Operators(Module<Tensor, Tensor> module, long[] shape, OnnxExportOptions? options = null) =>
        [.. Model(module, shape, options).Graph.Node.Select(node => node.OpType)];

    /// <summary>Fails unless the graph gives what the module gives, on rows of a normal distribution.</summary>
    public static void AssertEqual(Module<Tensor, Tensor> module, long[] shape, OnnxExportOptions options, string what, int rows = 3)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var random = new Generator(7);
        module.eval();
        Tensor input = randn([rows, .. shape], generator: random);
        AssertEqual(module, input, OnnxExporter.ToBytes(module, shape, options), what);
    }

    public static void AssertEqual(Module<Tensor, Tensor> module, Tensor input, byte[] model, string what)
    {
        using var runner = new GraphRunner(model, what);
        GraphOutput found = runner.Run([input])[0];
        var network = new VerifiedNetwork(module, inputs => module.call(inputs[0]));
        Tensor expected = network.Compute([input]);
        CollectionAssert.AreEqual(expected.shape, found.Shape.ToArray(), $"{what}: shape");
        var meter = new CaseMeter(what);
        meter.Add(found.Values, expected.data<float>().ToArray(), (int)expected.shape[0], () => network.Rounding([input]));
        VerificationCase result = meter.ToCase(found.Name, found.Shape, "");
        Assert.IsTrue(result.Passed, string.Create(CultureInfo.InvariantCulture, $"{what}: differs by {result.MaxAbsoluteDifference:G3}, allowed {result.Limit:G3}"));
    }

    /// <summary>Weights, statistics and slopes as after training: none at its first value, variances above 0.</summary>
    public static T Shaken<T>(T module, long seed)
        where T : Module
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var random = new Generator((ulong)seed);
        // TorchSharp's GroupNorm leaves its weights as it found the memory.
        foreach (GroupNorm normalization in module.modules().Prepend(module).OfType<GroupNorm>().Where(n => n.affine))
        {
            normalization.weight.fill_(1);
            normalization.bias!.fill_(0);
        }

        foreach ((string name, Tensor values) in module.state_dict())
        {
            if (values.dtype == ScalarType.Float32)
            {
                Tensor noise = randn(values.shape, generator: random) * 0.3f;
                values.add_(name.EndsWith("running_var", StringComparison.Ordinal) ? noise.abs() : noise);
            }
        }

        return module;
    }
}
