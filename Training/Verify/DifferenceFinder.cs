using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxAE.Inference.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// Finds where a graph and the module that it was exported from part: every value in between becomes an output, and is
/// compared with what the module of that name gave in TorchSharp.
/// </summary>
internal static class DifferenceFinder
{
    /// <summary>The first node, in the order of computation, whose module gives other numbers; null if none does.</summary>
    /// <param name="module">The network, in evaluation mode.</param>
    /// <param name="model">The graph; changed.</param>
    /// <param name="input">An input that showed a difference; not changed.</param>
    /// <param name="inputName">What to call it.</param>
    public static NodeDifference? Find(Module<Tensor, Tensor> module, ModelProto model, Tensor input, string inputName)
    {
        using var scope = NewDisposeScope();
        using var recorder = new ModuleRecorder(module);
        Tensor whole = module.call(input.clone()); // modules may work in place
        var declared = model.Graph.ValueInfo.Concat(model.Graph.Output).ToDictionary(value => value.Name);
        string last = model.Graph.Output[0].Name;
        model.Graph.Output.Clear();
        NodeProto[] known = [.. model.Graph.Node.Where(node => node.Output[0] == last || (recorder.Outputs.ContainsKey(node.Output[0]) && declared.ContainsKey(node.Output[0])))];
        model.Graph.Output.Add(known.Select(node => declared[node.Output[0]]));
        using var runner = new GraphRunner(model.ToByteArray(), "the graph with all its values");
        Dictionary<string, GraphOutput> found = runner.Run([input]).ToDictionary(output => output.Name);

        string lastEqual = "";
        foreach (NodeProto node in known)
        {
            bool isLast = node.Output[0] == last;
            double difference = Distance(found[node.Output[0]], isLast ? whole : recorder.Outputs[node.Output[0]]);
            if (difference > 0)
            {
                return new NodeDifference(node.Name, node.OpType, isLast ? "(root)" : node.Output[0], inputName, difference, lastEqual);
            }

            lastEqual = node.Output[0];
        }

        return null;
    }

    // 0 for what the gate lets through.
    private static double Distance(GraphOutput found, Tensor expected)
    {
        using Tensor dense = expected.contiguous();
        if (!found.Shape.SequenceEqual(dense.shape))
        {
            return double.PositiveInfinity;
        }

        var meter = new CaseMeter("");
        meter.Add(found.Values, MemoryMarshal.Cast<byte, float>(dense.bytes), (int)dense.shape[0]);
        VerificationCase result = meter.ToCase(found.Name, found.Shape, $"{found.ElementType}");
        return result.Passed ? 0 : result.MaxAbsoluteDifference;
    }
}
