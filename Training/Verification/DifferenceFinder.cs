using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Finds where a graph and the network that it was exported from part: every value in between becomes an output, and is
/// compared with what the module of that name gave in TorchSharp. Only rounding passes here, so that the node where a
/// difference arises is named and not one that enlarges it.
/// </summary>
internal static class DifferenceFinder
{
    /// <summary>The first node, in the order of computation, whose module gives other numbers; null if none does.</summary>
    /// <param name="network">What is verified.</param>
    /// <param name="model">The graph; changed.</param>
    /// <param name="inputs">Inputs that showed a difference; not changed.</param>
    /// <param name="inputName">What to call them.</param>
    public static NodeDifference? Find(VerifiedNetwork network, ModelProto model, IReadOnlyList<Tensor> inputs, string inputName)
    {
        using var scope = NewDisposeScope();
        string last = model.Graph.Output[0].Name;
        var (values, rounding) = network.Inspect(inputs);
        NodeProto[] known = ShowValues(model, values, last);
        using var runner = new GraphRunner(model.ToByteArray(), "the graph with all its values");
        Dictionary<string, GraphOutput> found = runner.Run(inputs).ToDictionary(output => output.Name);

        string lastEqual = "";
        foreach (NodeProto node in known)
        {
            string value = node.Output[0], module = value == last ? VerifiedNetwork.Root : value;
            double difference = Difference(found[value], values[module], inputName);
            if (difference > rounding[module])
            {
                return new NodeDifference(node.Name, node.OpType, module, inputName, difference, lastEqual);
            }

            lastEqual = value;
        }

        return null;
    }

    private static NodeProto[] ShowValues(ModelProto model, IReadOnlyDictionary<string, Tensor> recorded, string last)
    {
        var declared = model.Graph.ValueInfo.Concat(model.Graph.Output).DistinctBy(value => value.Name).ToDictionary(value => value.Name);
        NodeProto[] known = [.. model.Graph.Node.Where(node =>
            node.Output[0] == last || (recorded.ContainsKey(node.Output[0]) && declared.ContainsKey(node.Output[0])))];
        model.Graph.Output.Clear();
        model.Graph.Output.Add(known.Select(node => declared[node.Output[0]]));
        return known;
    }

    private static double Difference(GraphOutput found, Tensor expected, string inputName)
    {
        if (!found.IsLike(expected.dtype, expected.shape))
        {
            return double.PositiveInfinity;
        }

        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(expected.contiguous().bytes);
        double difference = 0;
        for (int i = 0; i < values.Length; i++)
        {
            bool isLost = EdgeInputs.IsLostNaN(inputName, found.Values[i], values[i]);
            difference = isLost ? difference : Math.Max(difference, VerificationGate.Distance(found.Values[i], values[i]));
        }

        return difference;
    }
}
