using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxAE.Inference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// Finds where a graph and the network that it was exported from part: every value in between becomes an output, and is
/// compared with what the module of that name gave in TorchSharp.
/// </summary>
/// <param name="network">The network, in evaluation mode.</param>
/// <param name="modules">Its modules by their paths in the graph.</param>
/// <param name="reference">What the graph should compute.</param>
internal sealed class DifferenceFinder(Module network, IReadOnlyList<(string Path, Module Module)> modules, Func<IReadOnlyList<Tensor>, Tensor> reference)
{
    // Beside 64-bit floats even a difference that passes the gate shows, so that the node where it arises is named and not one
    // that enlarges it. What 32-bit floats may do: a multiple of what TorchSharp's do, and approximate functions to some bits.
    private const double RoundingTolerance = 4;
    private const double FunctionTolerance = 1.0 / (1 << 22);

    /// <summary>The first node, in the order of computation, whose module gives other numbers; null if none does.</summary>
    /// <param name="model">The graph; changed.</param>
    /// <param name="inputs">Inputs that showed a difference; not changed.</param>
    /// <param name="inputName">What to call them.</param>
    public NodeDifference? Find(ModelProto model, IReadOnlyList<Tensor> inputs, string inputName)
    {
        string last = model.Graph.Output[0].Name;
        Dictionary<string, RecordedValue> recorded = Record(inputs, last);
        NodeProto[] known = ShowValues(model, recorded, last);
        using var runner = new GraphRunner(model.ToByteArray(), "the graph with all its values");
        Dictionary<string, GraphOutput> found = runner.Run(inputs).ToDictionary(output => output.Name);

        string lastEqual = "";
        foreach (NodeProto node in known)
        {
            string value = node.Output[0];
            double difference = Difference(found[value], recorded[value], inputName);
            if (difference > 0)
            {
                return new NodeDifference(node.Name, node.OpType, value == last ? "(root)" : value, inputName, difference, lastEqual);
            }

            lastEqual = value;
        }

        return null;
    }

    private static NodeProto[] ShowValues(ModelProto model, Dictionary<string, RecordedValue> recorded, string last)
    {
        var declared = model.Graph.ValueInfo.Concat(model.Graph.Output).DistinctBy(value => value.Name).ToDictionary(value => value.Name);
        NodeProto[] known = [.. model.Graph.Node.Where(node =>
            node.Output[0] == last || (recorded.ContainsKey(node.Output[0]) && declared.ContainsKey(node.Output[0])))];
        model.Graph.Output.Clear();
        model.Graph.Output.Add(known.Select(node => declared[node.Output[0]]));
        return known;
    }

    // By the value's name in the graph; the whole network's output by the name of the graph's.
    private Dictionary<string, RecordedValue> Record(IReadOnlyList<Tensor> inputs, string output)
    {
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, RecordedValue>();
        using (var recorder = new ModuleRecorder(modules))
        {
            Tensor whole = reference([.. inputs.Select(input => input.clone())]); // modules may work in place
            foreach ((string name, Tensor value) in recorder.Outputs)
            {
                values[name] = RecordedValue.Of(value);
            }

            values[output] = RecordedValue.Of(whole);
        }

        using (var recorder = new ModuleRecorder(modules))
        {
            if (DoublePrecision.Compute(network, reference, inputs) is { } whole)
            {
                foreach ((string name, Tensor value) in recorder.Outputs.Where(entry => entry.Value.dtype == ScalarType.Float64))
                {
                    values[name] = values[name] with { Double = RecordedValue.Numbers<double>(value) };
                }

                values[output] = values[output] with { Double = whole };
            }
        }

        return values;
    }

    // 0 where the graph's numbers are the module's.
    private static double Difference(GraphOutput found, RecordedValue expected, string inputName)
    {
        if (!found.IsLike(expected.Type, expected.Shape))
        {
            return double.PositiveInfinity;
        }

        if (expected.Double is null)
        {
            var meter = new CaseMeter(inputName);
            meter.Add(found.Values, expected.Single, (int)expected.Shape[0]);
            VerificationCase result = meter.ToCase(found.Name, found.Shape, $"{found.ElementType}");
            return result.Passed ? 0 : result.MaxAbsoluteDifference;
        }

        double onnx = 0;
        double torchSharp = 0;
        double magnitude = 0;
        for (int i = 0; i < expected.Single.Length; i++)
        {
            double exact = VerificationGate.Reference(expected.Single[i], expected.Double[i]);
            magnitude = double.IsFinite(exact) ? Math.Max(magnitude, Math.Abs(exact)) : magnitude;
            torchSharp = Math.Max(torchSharp, VerificationGate.Distance(expected.Single[i], exact));
            onnx = Math.Max(onnx, EdgeInputs.IsLostNaN(inputName, found.Values[i], expected.Single[i]) ? 0 : VerificationGate.Distance(found.Values[i], exact));
        }

        return onnx > (RoundingTolerance * torchSharp) + (FunctionTolerance * magnitude) ? onnx : 0;
    }

    private sealed record RecordedValue(ScalarType Type, long[] Shape, float[] Single, double[]? Double)
    {
        public static RecordedValue Of(Tensor value) => new(value.dtype, value.shape, value.dtype == ScalarType.Float32 ? Numbers<float>(value) : [], null);

        public static T[] Numbers<T>(Tensor values)
            where T : unmanaged
        {
            using Tensor dense = values.contiguous();
            return MemoryMarshal.Cast<byte, T>(dense.bytes).ToArray();
        }
    }
}
