using Google.Protobuf;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>ONNX models of one dense layer, y = tanh(x W + b), written with the protobuf classes.</summary>
internal static class TinyOnnx
{
    /// <summary>A model whose metadata say what its rows are, such as <c>1x3x3</c>.</summary>
    public static ModelProto OfPictures(this ModelProto model, string shape)
    {
        model.MetadataProps.Add(new StringStringEntryProto { Key = RowShapes.MetadataKey, Value = shape });
        return model;
    }

    public static ModelProto Dense(int inputs, int outputs, string input = "x", string output = "y", bool isBatchOpen = true, int seed = 1)
    {
        Random random = new(seed);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        GraphProto graph = new()
        {
            Name = "dense",
            Input = { Value(input, isBatchOpen, inputs) },
            Output = { Value(output, isBatchOpen, outputs) },
            ValueInfo = { Value("sum", isBatchOpen, outputs) },
            Initializer = { Tensor("w", Numbers(inputs * outputs), inputs, outputs), Tensor("b", Numbers(outputs), outputs) },
            Node =
            {
                new NodeProto { OpType = "Gemm", Input = { input, "w", "b" }, Output = { "sum" } },
                new NodeProto { OpType = "Tanh", Input = { "sum" }, Output = { output } },
            },
        };
        return Model(graph);
    }

    public static ModelProto Model(GraphProto graph)
        => new() { IrVersion = 8, ProducerName = "test", OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } }, Graph = graph };

    public static ValueInfoProto Value(string name, bool isBatchOpen, params int[] rest)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(isBatchOpen ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new TensorShapeProto.Types.Dimension { DimValue = 1 });
        shape.Dim.AddRange(rest.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }

    public static TensorProto Tensor(string name, float[] values, params long[] dims)
        => new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float, Dims = { dims }, FloatData = { values } };

    public static ValueInfoProto OfType(this ValueInfoProto value, TensorProto.Types.DataType type)
    {
        value.Type.TensorType.ElemType = (int)type;
        return value;
    }

    public static string Save(this ModelProto model, TemporaryFolder folder, string name = "model.onnx") => folder.Write(name, model.ToByteArray());
}
