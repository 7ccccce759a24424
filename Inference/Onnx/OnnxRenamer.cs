using Google.Protobuf;

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
        RequireNames(inputs, [.. model.Graph.FreeInputs().Select(i => i.Name)], "input", path);
        RequireNames(outputs, [.. model.Graph.Output.Select(o => o.Name)], "output", path);
        string[] stay = [.. model.Graph.FreeInputs().Select(i => i.Name).Except(inputs.Keys), .. model.Graph.Output.Select(o => o.Name).Except(outputs.Keys)];
        if (inputs.Values.Concat(outputs.Values).FirstOrDefault(stay.Contains) is { } taken)
            throw new ArgumentException($"'{path}' has an input or output '{taken}' already; choose another name, or rename that one too.");
        GraphRenaming.Rename(model.Graph, inputs, outputs);
        return model.ToByteArray();
    }

    private static void RequireNames(IReadOnlyDictionary<string, string> names, string[] found, string role, string path)
    {
        if (names.Keys.FirstOrDefault(n => !found.Contains(n)) is { } missing)
            throw new ArgumentException($"'{path}' has no {role} '{missing}', expected one of {string.Join(", ", found)}.");
        if (names.FirstOrDefault(n => string.IsNullOrEmpty(n.Value)).Key is { } unnamed)
            throw new ArgumentException($"The new name of the {role} '{unnamed}' is empty.");
    }
}
