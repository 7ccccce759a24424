using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A model with its session and the columns that it makes: what all transformers of an estimator have in common.</summary>
internal sealed class OnnxScorer
{
    /// <summary>Starts the session, so that a model that can't run is refused here.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime doesn't accept the model.</exception>
    /// <exception cref="InvalidOperationException">The GPU can't be used.</exception>
    public OnnxScorer(OnnxModelDefinition definition, byte[] bytes, RunSettings settings)
    {
        Definition = definition;
        Settings = settings;
        Session = new SharedSession(definition, settings, bytes);
        OutputColumns = [.. definition.Outputs.Select((t, i) => new DataViewSchema.DetachedColumn(t.Name, ColumnType(t), definition.SlotNames[i]))];
        BatchSize = settings.RowsFor(definition);
    }

    public OnnxModelDefinition Definition { get; }

    public RunSettings Settings { get; }

    public SharedSession Session { get; }

    /// <summary>The columns that the stock transformer would make.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }

    /// <summary>Rows of one call.</summary>
    public int BatchSize { get; }

    // The stock transformer takes a free first dimension as 1.
    private static VectorDataViewType ColumnType(TensorSpec tensor) => new(tensor.Element.ColumnType, tensor.RowShape.ToArray());
}

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
