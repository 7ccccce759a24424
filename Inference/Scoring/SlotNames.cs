using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>The names of a vector's values, which ML.NET's converter to ONNX leaves in a node of the graph that computes nothing.</summary>
internal static class SlotNames
{
    private const string Kind = "SlotNames"; // of annotation
    private const string Attribute = "keys_strings";

    /// <summary>The annotation for an output; null where the graph has no names for it.</summary>
    public static DataViewSchema.Annotations? Of(GraphProto graph, TensorSpec output)
    {
        NodeProto? node = graph.Node.FirstOrDefault(n => n.Name == $"mlnet.{output.Name}.SlotNames");
        if (node?.Attribute.FirstOrDefault(a => a.Name == Attribute) is not { } attribute)
            return null;
        string[] names = [.. attribute.Strings.Select(s => s.ToString(Encoding.UTF8))];
        DataViewSchema.Annotations.Builder annotations = new();
        annotations.Add(Kind, new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]));
        return annotations.ToAnnotations();
    }
}
