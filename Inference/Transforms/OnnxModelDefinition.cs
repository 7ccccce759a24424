using Google.Protobuf;
using Microsoft.ML;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>An ONNX model whose tensors have the names of the columns, ready to run: what the stock transformer would be given.</summary>
internal sealed class OnnxModelDefinition
{
    // The transformer of ML.NET takes this off the name of an output, but its estimator doesn't.
    private const string StrippedSuffix = ".output";

    private OnnxModelDefinition(byte[] bytes, ModelProto model, string[] inputs, string[] outputs, string source)
    {
        Bytes = bytes;
        Source = source;
        InputValues = [.. inputs.Select(name => model.Graph.Input.First(i => i.Name == name))];
        OutputValues = [.. outputs.Select(name => model.Graph.Output.First(o => o.Name == name))];
        Inputs = [.. InputValues.Select(v => TensorSpec.Of(v, source))];
        Outputs = [.. OutputValues.Select(v => TensorSpec.Of(v, source))];
    }

    /// <summary>The whole model, serialized.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where it comes from, for messages.</summary>
    public string Source { get; }

    public IReadOnlyList<TensorSpec> Inputs { get; }

    public IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>The inputs as the graph declares them.</summary>
    public IReadOnlyList<ValueInfoProto> InputValues { get; }

    /// <summary>The outputs as the graph declares them.</summary>
    public IReadOnlyList<ValueInfoProto> OutputValues { get; }

    /// <summary>Whether one call may score several rows.</summary>
    public bool IsBatchable => Inputs.Concat(Outputs).All(t => t.IsBatchOpen);

    /// <summary>Values of a row, inputs and outputs together.</summary>
    public long ValuesPerRow => Inputs.Concat(Outputs).Sum(t => (long)t.RowSize);

    /// <summary>Reads a file and gives its input and output the names of columns.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or no model of one input and one output of Single.</exception>
    /// <exception cref="ArgumentException">The names can't be given.</exception>
    public static OnnxModelDefinition Load(string modelFile, string outputColumnName, string inputColumnName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(inputColumnName);
        if (outputColumnName == inputColumnName)
        {
            throw new ArgumentException($"The output column '{outputColumnName}' is the input column too, expected a name of its own: "
                + "an ONNX graph can't give both the same.", nameof(outputColumnName));
        }

        if (outputColumnName.EndsWith(StrippedSuffix, StringComparison.Ordinal))
            throw new ArgumentException($"The output column '{outputColumnName}' ends with '{StrippedSuffix}', which ML.NET takes off; choose another name.", nameof(outputColumnName));

        ModelProto model = OnnxModelReader.Read(modelFile);
        string input = Single(FreeInputs(model.Graph), inputColumnName, "input", modelFile);
        string output = Single([.. model.Graph.Output.Select(o => o.Name)], outputColumnName, "output", modelFile);
        GraphRenaming.Rename(
            model.Graph,
            new Dictionary<string, string> { [input] = inputColumnName },
            new Dictionary<string, string> { [output] = outputColumnName });
        return new OnnxModelDefinition(model.ToByteArray(), model, [inputColumnName], [outputColumnName], modelFile);
    }

    /// <summary>Takes a model whose tensors have the names of the columns already.</summary>
    /// <param name="bytes">The model.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="outputsFor">The names of the outputs to compute, given the inputs.</param>
    /// <exception cref="InvalidDataException">It is damaged, or its inputs or outputs are of another kind.</exception>
    public static OnnxModelDefinition Parse(byte[] bytes, string source, Func<IReadOnlyList<TensorSpec>, string[]> outputsFor)
    {
        ModelProto model = OnnxModelReader.Read(bytes, source);
        string[] inputs = FreeInputs(model.Graph);
        TensorSpec[] specs = [.. model.Graph.Input.Where(i => inputs.Contains(i.Name)).Select(i => TensorSpec.Of(i, source))];
        return new OnnxModelDefinition(bytes, model, inputs, outputsFor(specs), source);
    }

    /// <summary>Compares a schema with what the model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public void CheckInputs(DataViewSchema schema)
    {
        foreach (TensorSpec input in Inputs)
            InputCheck.Check(schema, input);
    }

    /// <summary>Compares the shape of a schema with what the model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public void CheckInputs(SchemaShape schema)
    {
        foreach (TensorSpec input in Inputs)
            InputCheck.Check(schema, input);
    }

    // Old files list their weights among the inputs.
    private static string[] FreeInputs(GraphProto graph)
        => [.. graph.Input.Select(i => i.Name).Except(graph.Initializer.Select(t => t.Name))];

    private static string Single(string[] names, string wanted, string role, string source)
        => names.Contains(wanted) ? wanted
            : names is [string only] ? only
            : throw new InvalidDataException($"'{source}' has {names.Length} {role}s ({string.Join(", ", names)}), expected one, or one called '{wanted}'.");
}
