using System.Text;
using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>What a model takes and gives, its tensors called like the columns; the weights are left in the file.</summary>
internal sealed class OnnxModelDefinition
{
    private readonly OnnxModelPlan _plan;

    /// <param name="plan">How to make the model.</param>
    /// <param name="bytes">The model that was made to be described, for the first session.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or has tensors that columns can't be.</exception>
    public OnnxModelDefinition(OnnxModelPlan plan, out byte[] bytes)
    {
        _plan = plan;
        ModelProto model = plan.Build();
        InputValues = [.. plan.Inputs.Values.Select(name => model.Graph.Input.First(i => i.Name == name))];
        Inputs = [.. InputValues.Select(v => TensorSpec.Of(v, Source))];
        Outputs = [.. plan.OutputColumns.Select(name => TensorSpec.Of(model.Graph.Output.First(o => o.Name == name), Source))];
        TensorSpec[] tensors = [.. Inputs, .. Outputs];
        BatchRows = CommonRows(tensors);
        RowBytes = tensors.Sum(t => t.RowBytes);
        LayerBytes = ModelCost.LayerBytes(model.Graph, tensors);
        NoiseInput = plan.NoiseInput is { } noise ? plan.Inputs[noise] : null;
        if (Inputs.FirstOrDefault(t => t.Name == NoiseInput) is { Element.OnnxType: not TensorProto.Types.DataType.Float } odd)
        {
            throw new InvalidDataException($"The input '{plan.NoiseInput}' for noise of '{Source}' takes {odd.Element.ColumnType}, expected {NumberDataViewType.Single}: export it with an eps of float.");
        }

        PixelRange = ColumnInputs.Count() == 1 ? Inference.PixelRange.OfInput(model) : null;
        SlotNames = [.. Outputs.Select(o => Inference.SlotNames.Of(model.Graph, o))];
        bytes = model.ToByteArray();
    }

    /// <summary>Where it comes from, for messages.</summary>
    public string Source => _plan.Source.Name;

    /// <summary>What is read, the noise among it.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; }

    /// <summary>What is computed.</summary>
    public IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>The inputs as the graph declares them.</summary>
    public IReadOnlyList<ValueInfoProto> InputValues { get; }

    /// <summary>What the values of each output are called, for the schema; null where they have no names.</summary>
    public IReadOnlyList<DataViewSchema.Annotations?> SlotNames { get; }

    /// <summary>Rows of every call; 0 where any number will do.</summary>
    public int BatchRows { get; }

    /// <summary>Bytes of a row, inputs and outputs together.</summary>
    public long RowBytes { get; }

    /// <summary>About the bytes of a row that goes into the largest layer and comes out of it.</summary>
    public long LayerBytes { get; }

    /// <summary>The range that the model says the pixels have that it reads; null where it says nothing, or has several inputs and doesn't say which.</summary>
    public PixelRange? PixelRange { get; }

    /// <summary>The input that noise is drawn for; null for none.</summary>
    public string? NoiseInput { get; }

    /// <summary>Where the noise begins.</summary>
    public int Seed => _plan.Seed;

    /// <summary>The inputs that are columns.</summary>
    public IEnumerable<TensorSpec> ColumnInputs => Inputs.Where(t => t.Name != NoiseInput);

    /// <summary>The model that the session runs.</summary>
    /// <exception cref="InvalidDataException">The file is no longer what it was.</exception>
    public byte[] Build() => _plan.Build().ToByteArray();

    /// <summary>The model as the stock transformer can run it, which takes one row a call.</summary>
    /// <exception cref="InvalidDataException">The file is no longer what it was.</exception>
    /// <exception cref="NotSupportedException">The stock transformer can't do what this one does.</exception>
    public byte[] BuildStock()
    {
        if (NoiseInput is not null)
        {
            throw new NotSupportedException(
                $"A sampler of '{Source}' can't be saved: ML.NET has no transformer that draws noise. Save the rest of the pipeline, and apply the sampler to what it makes.");
        }

        if (BatchRows <= 1)
        {
            return Build();
        }

        ModelProto model = _plan.Build();
        SingleRow.Wrap(model, Inputs.Select(t => t.Name), Outputs.Select(t => t.Name), BatchRows);
        return model.ToByteArray();
    }

    /// <summary>Closes the file until it is read again.</summary>
    public void CloseSource() => _plan.Source.Close();

    /// <summary>The same model with an input of bytes, which the graph brings to the range that it expects.</summary>
    public OnnxModelDefinition WithBytes(out byte[] bytes) => new(_plan with { BytesTo = PixelRange }, out bytes);

    /// <summary>A getter of an output.</summary>
    public Delegate CreateGetter(int output, RowLocator locate) => Outputs[output].Element.CreateGetter(locate, output, Outputs[output].RowSize);

    /// <summary>Compares a schema with what the model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public void CheckInputs(DataViewSchema schema)
    {
        foreach (TensorSpec input in ColumnInputs)
        {
            InputCheck.Check(schema, input);
        }
    }

    /// <summary>Compares the shape of a schema with what the model reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public void CheckInputs(SchemaShape schema, bool orBytes)
    {
        foreach (TensorSpec input in ColumnInputs)
        {
            InputCheck.Check(schema, input, orBytes);
        }
    }

    private int CommonRows(TensorSpec[] tensors)
    {
        int[] rows = [.. tensors.Select(t => t.BatchRows).Distinct()];
        if (rows is [int only])
        {
            return only;
        }

        if (rows.Max() == 1)
        {
            return 1; // free here, 1 there: a row a call suits both
        }

        throw new InvalidDataException(
            $"The tensors of '{Source}' have the first dimensions {string.Join(", ", tensors.Select(t => $"{t.Name}: {(t.BatchRows == 0 ? "free" : t.BatchRows)}"))}, "
            + "expected one batch dimension for all.");
    }
}

/// <summary>An estimate of what a row costs, without running anything.</summary>
internal static class ModelCost
{
    private static readonly string[] Spatial = ["Conv", "ConvTranspose", "FusedConv"];

    /// <summary>
    /// Bytes of a row that goes into the largest layer and comes out of it: for a convolution its channels at the full size of
    /// the picture, a bound rather than the size; for a matrix product its rows and columns.
    /// </summary>
    /// <param name="graph">The graph of a model.</param>
    /// <param name="tensors">Its inputs and outputs.</param>
    public static long LayerBytes(GraphProto graph, IReadOnlyCollection<TensorSpec> tensors)
    {
        long largest = tensors.Max(t => t.RowBytes);
        long pixels = tensors.Max(t => t.RowShape.Count > 2 ? t.RowSize / t.RowShape[1] : (long)t.RowSize);
        Dictionary<string, TensorProto> weights = graph.Initializer.GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.First());
        foreach (NodeProto node in graph.Node)
        {
            // Quantized weights are what their DequantizeLinear gives.
            if (node is { OpType: "DequantizeLinear", Input.Count: > 0, Output.Count: > 0 } && weights.TryGetValue(node.Input[0], out TensorProto? quantized))
            {
                weights.TryAdd(node.Output[0], quantized);
            }

            if (node.Input.Count < 2 || !weights.TryGetValue(node.Input[1], out TensorProto? weight) || weight.Dims.Count < 2)
            {
                continue;
            }

            long width = Spatial.Contains(node.OpType)
                ? (weight.Dims[0] + weight.Dims[1]) * pixels
                : weight.Dims.Sum();
            largest = Math.Max(largest, width * sizeof(float));
        }

        return largest;
    }
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
        {
            return null;
        }

        string[] names = [.. attribute.Strings.Select(s => s.ToString(Encoding.UTF8))];
        DataViewSchema.Annotations.Builder annotations = new();
        annotations.Add(Kind, new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]));
        return annotations.ToAnnotations();
    }
}
