using System.Globalization;

namespace OnnxAE.Inference;

/// <summary>Lets a model of a fixed batch size take one row: it computes that row as often as its batch is large, and gives it once.</summary>
internal static class SingleRow
{
    private const string Key = "OnnxAE.SingleRow"; // says that a model was wrapped; its value is the batch size

    /// <summary>Changes inputs and outputs, in place.</summary>
    public static void Wrap(ModelProto model, IEnumerable<string> inputs, IEnumerable<string> outputs, int batchRows)
    {
        model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = batchRows.ToString(CultureInfo.InvariantCulture) });
        GraphProto graph = model.Graph;
        foreach (string input in inputs)
        {
            string inner = graph.FreshName($"{input}_batch");
            GraphRenaming.RenameInput(graph, input, inner);
            graph.Node.Insert(0, GraphAdditions.Node("Concat", inner, Enumerable.Repeat(input, batchRows), GraphAdditions.Integer("axis", 0)));
            Rename(graph.Input, inner, input, rows: 1);
        }

        string first = graph.StoreIntegers("first", 0);
        foreach (string output in outputs)
        {
            string inner = graph.FreshName($"{output}_batch");
            GraphRenaming.RenameOutput(graph, output, inner);
            graph.Node.Add(GraphAdditions.Node("Gather", output, [inner, first]));
            Rename(graph.Output, inner, output, rows: 1);
        }
    }

    /// <summary>Takes back, in place, what <see cref="Wrap"/> did; false for a model that it did nothing to.</summary>
    /// <exception cref="InvalidDataException">The model is not as it was left.</exception>
    public static bool Unwrap(ModelProto model)
    {
        if (model.MetadataProps.FirstOrDefault(p => p.Key == Key) is not { } mark)
        {
            return false;
        }

        if (!int.TryParse(mark.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int batchRows))
        {
            throw Changed(mark.Value);
        }

        GraphProto graph = model.Graph;
        Dictionary<string, string> inputs = [], outputs = [];
        foreach (ValueInfoProto value in graph.Input)
        {
            NodeProto repeat = Take(graph, n => n is { OpType: "Concat", Output.Count: 1 } && n.Input.Count == batchRows && n.Input.All(i => i == value.Name), value.Name);
            Restore(value, repeat.Output[0], batchRows, inputs);
        }

        foreach (ValueInfoProto value in graph.Output)
        {
            NodeProto pick = Take(graph, n => n is { OpType: "Gather", Input.Count: 2 } && n.Output.Contains(value.Name), value.Name);
            Restore(value, pick.Input[0], batchRows, outputs);
            if (graph.Initializer.FirstOrDefault(t => t.Name == pick.Input[1]) is { } first)
            {
                graph.Initializer.Remove(first);
            }
        }

        GraphRenaming.Rename(graph, inputs, outputs);
        model.MetadataProps.Remove(mark);
        return true;
    }

    private static void Rename(IEnumerable<ValueInfoProto> values, string from, string to, int rows)
    {
        ValueInfoProto value = values.First(v => v.Name == from);
        value.Name = to;
        value.Type.TensorType.Shape.Dim[0].DimValue = rows;
    }

    private static NodeProto Take(GraphProto graph, Func<NodeProto, bool> isIt, string tensor)
    {
        NodeProto node = graph.Node.FirstOrDefault(isIt) ?? throw Changed(tensor);
        graph.Node.Remove(node);
        return node;
    }

    private static void Restore(ValueInfoProto value, string inner, int batchRows, Dictionary<string, string> names)
    {
        if (value.Type?.TensorType?.Shape?.Dim is not [{ } rows, ..] || !names.TryAdd(inner, value.Name))
        {
            throw Changed(value.Name);
        }

        value.Name = inner;
        rows.DimValue = batchRows;
    }

    private static InvalidDataException Changed(string what) => new($"Found a model of a fixed batch size that was saved for single rows and changed since, at '{what}'.");
}
