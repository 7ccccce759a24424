using OnnxAE.Inference.Onnx;

namespace OnnxAE.Training;

/// <summary>What passes leave behind.</summary>
internal static class GraphCleaning
{
    /// <summary>Removes stored tensors that no node uses any more.</summary>
    public static void RemoveUnused(this GraphProto graph)
    {
        HashSet<string> used = [.. graph.Node.SelectMany(node => node.Input)];
        foreach (TensorProto tensor in graph.Initializer.Where(tensor => !used.Contains(tensor.Name)).ToList())
        {
            graph.Initializer.Remove(tensor);
        }
    }
}
