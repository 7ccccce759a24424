using Google.Protobuf;
using Google.Protobuf.Collections;

namespace OnnxAE.Inference;

/// <summary>Gives the inputs and outputs of an ONNX model other names; what it computes stays the same.</summary>
public static class OnnxRenamer
{
    /// <summary>Renames inputs and outputs. A value within the graph that has a wanted name gives way.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="inputs">The new name of each input to rename.</param>
    /// <param name="outputs">The new name of each output to rename.</param>
    /// <returns>The renamed model's bytes.</returns>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or keeps its weights in other files.</exception>
    /// <exception cref="ArgumentException">There is no input or output of a name, a new one is empty, or two would be the same.</exception>
    public static byte[] Rename(string path, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ModelProto model = OnnxModelReader.Read(path);
        string[] foundInputs = [.. model.Graph.FreeInputs().Select(i => i.Name)], foundOutputs = [.. model.Graph.Output.Select(o => o.Name)];
        RequireNames(inputs, foundInputs, "input", path);
        RequireNames(outputs, foundOutputs, "output", path);
        string[] stay = [.. foundInputs.Except(inputs.Keys), .. foundOutputs.Except(outputs.Keys)];
        if (inputs.Values.Concat(outputs.Values).FirstOrDefault(stay.Contains) is { } taken)
        {
            throw new ArgumentException($"'{path}' has an input or output '{taken}' already; choose another name, or rename that one too.");
        }

        GraphRenaming.Rename(model.Graph, inputs, outputs);
        return model.ToByteArray();
    }

    private static void RequireNames(IReadOnlyDictionary<string, string> names, string[] found, string role, string path)
    {
        if (names.Keys.FirstOrDefault(n => !found.Contains(n)) is { } missing)
        {
            throw new ArgumentException($"'{path}' has no {role} '{missing}', expected one of {string.Join(", ", found)}.");
        }

        if (names.FirstOrDefault(n => string.IsNullOrEmpty(n.Value)).Key is { } unnamed)
        {
            throw new ArgumentException($"The new name of the {role} '{unnamed}' is empty.");
        }
    }
}

/// <summary>Changes names within graphs in place, and whatever refers to them, graphs within the graph included.</summary>
internal static class GraphRenaming
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Gives inputs and outputs other names.</summary>
    /// <param name="graph">The graph of a model.</param>
    /// <param name="inputs">New name of each input to rename.</param>
    /// <param name="outputs">New name of each output to rename.</param>
    /// <exception cref="ArgumentException">Two of the new names are equal.</exception>
    public static void Rename(GraphProto graph, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> outputs)
    {
        string[] wanted = [.. inputs.Values, .. outputs.Values];
        if (wanted.Distinct().Count() != wanted.Length)
        {
            throw new ArgumentException($"Found the names {string.Join(", ", wanted)}, expected different ones: an ONNX graph writes a tensor only once.");
        }

        NameScope used = new([.. NameScope.NamesIn(graph), .. wanted]);
        Dictionary<string, string> names = inputs.Concat(SeparateFromInputs(graph, outputs, used))
            .Where(n => n.Key != n.Value).ToDictionary(n => n.Key, n => n.Value);

        // A tensor that has a wanted name already, and no other to go to, gets a fresh one.
        foreach (string taken in names.Values.ToArray())
        {
            if (!names.ContainsKey(taken))
            {
                names.Add(taken, used.Fresh(taken));
            }
        }

        RenameAll(graph, names);
    }

    /// <summary>Gives one input another name.</summary>
    public static void RenameInput(GraphProto graph, string from, string to) => Rename(graph, new Dictionary<string, string> { [from] = to }, None);

    /// <summary>Gives one output another name.</summary>
    public static void RenameOutput(GraphProto graph, string from, string to) => Rename(graph, None, new Dictionary<string, string> { [from] = to });

    /// <summary>Makes a name free: a tensor within the graph that has it gets another.</summary>
    /// <exception cref="ArgumentException">An input or output has the name.</exception>
    public static void MakeRoom(GraphProto graph, string name)
    {
        if (graph.Input.Concat(graph.Output).Any(v => v.Name == name))
        {
            throw new ArgumentException($"An input or output is called '{name}' already; choose another name.");
        }

        string fresh = graph.FreshName(name);
        if (fresh != name)
        {
            RenameAll(graph, new Dictionary<string, string> { [name] = fresh });
        }
    }

    /// <summary>A name like this one that nothing in the graph has.</summary>
    public static string FreshName(this GraphProto graph, string name) => new NameScope(NameScope.NamesIn(graph)).Fresh(name);

    /// <summary>Gives values other names, wherever they occur. Names that are not among them stay.</summary>
    public static void RenameAll(GraphProto graph, IReadOnlyDictionary<string, string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        foreach (GraphProto each in graph.GraphsWithin())
        {
            foreach (ValueInfoProto value in each.Input.Concat(each.Output).Concat(each.ValueInfo))
            {
                value.Name = names.GetValueOrDefault(value.Name, value.Name);
            }

            foreach (TensorProto tensor in each.Initializer.Concat(each.SparseInitializer.Select(s => s.Values).Where(t => t is not null)))
            {
                tensor.Name = names.GetValueOrDefault(tensor.Name, tensor.Name);
            }

            foreach (NodeProto node in each.Node)
            {
                Rename(node.Input, names);
                Rename(node.Output, names);
            }

            foreach (TensorAnnotation annotation in each.QuantizationAnnotation)
            {
                annotation.TensorName = names.GetValueOrDefault(annotation.TensorName, annotation.TensorName);
                foreach (StringStringEntryProto role in annotation.QuantParameterTensorNames)
                {
                    role.Value = names.GetValueOrDefault(role.Value, role.Value);
                }
            }
        }
    }

    /// <summary>Gives references to values other names.</summary>
    public static void Rename(RepeatedField<string> references, IReadOnlyDictionary<string, string> names)
    {
        for (int i = 0; i < references.Count; i++)
        {
            references[i] = names.GetValueOrDefault(references[i], references[i]);
        }
    }

    // An output that is an input as it stands can't have two names: a node between them makes two tensors of it.
    private static Dictionary<string, string> SeparateFromInputs(GraphProto graph, IReadOnlyDictionary<string, string> outputs, NameScope used)
    {
        Dictionary<string, string> separated = new(outputs);
        foreach (ValueInfoProto output in graph.Output)
        {
            if (graph.Input.All(i => i.Name != output.Name) || !separated.Remove(output.Name, out string? name))
            {
                continue;
            }

            string copy = used.Fresh(output.Name);
            graph.Node.Add(GraphAdditions.Node("Identity", copy, [output.Name]));
            output.Name = copy;
            separated.Add(copy, name);
        }

        return separated;
    }
}

/// <summary>The names that are taken in a graph.</summary>
internal sealed class NameScope(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];

    /// <summary>The names of all values of a graph and of the graphs within it.</summary>
    public static IEnumerable<string> NamesIn(GraphProto graph) => graph.GraphsWithin().SelectMany(each => each.Node.SelectMany(n => n.Input.Concat(n.Output))
        .Concat(each.Input.Concat(each.Output).Concat(each.ValueInfo).Select(v => v.Name))
        .Concat(each.Initializer.Select(t => t.Name)));

    /// <summary>The name if it is free, else with a number behind it; it is taken from now on.</summary>
    public string Fresh(string name)
    {
        string fresh = name;
        for (int i = 1; !_taken.Add(fresh); i++)
        {
            fresh = $"{name}_{i}";
        }

        return fresh;
    }
}
