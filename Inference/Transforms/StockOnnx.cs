using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// The ONNX transformer of ML.NET over a model in memory: it wants a file for as long as it lives, and gets a temporary
/// one. (Its overloads for streams leave such a file behind.)
/// </summary>
internal sealed class StockOnnx : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"onnxae-{Guid.NewGuid():N}.onnx");

    private StockOnnx(byte[] model, IReadOnlyCollection<TensorSpec> inputs, IEnumerable<TensorSpec> outputs)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream file = new(_path, options))
                file.Write(model);

            // A context of its own, for the CPU: the user's may name a GPU.
            Estimator = new MLContext().Transforms.ApplyOnnxModel(new OnnxOptions
            {
                ModelFile = _path,
                InputColumns = [.. inputs.Select(t => t.Name)],
                OutputColumns = [.. outputs.Select(t => t.Name)],
                IntraOpNumThreads = 1,
            });
            Transformer = Estimator.Fit(new EmptyView(inputs));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public OnnxTransformer Transformer { get; }

    private OnnxScoringEstimator Estimator { get; }

    /// <summary>The transformer that computes what the model does: what is saved.</summary>
    /// <exception cref="NotSupportedException">The stock transformer can't do what this one does.</exception>
    public static StockOnnx Create(OnnxModelDefinition definition)
        => new(definition.BuildStock(), [.. definition.ColumnInputs], definition.Outputs);

    /// <summary>
    /// The columns that its estimator makes: a column of a schema's shape has no public constructor. The model that is
    /// asked computes zeros of nothing: it has no weights.
    /// </summary>
    public static SchemaShape.Column[] DescribeOutputs(OnnxModelDefinition definition)
    {
        GraphProto graph = new() { Name = "schema", Output = { definition.OutputValues } };
        foreach (TensorSpec output in definition.Outputs)
        {
            string shape = $"onnxae.shape.{output.Name}";
            graph.Initializer.Add(new TensorProto
            {
                Name = shape,
                DataType = (int)TensorProto.Types.DataType.Int64,
                Dims = { output.RowShape.Count },
                Int64Data = { output.BatchShape(Math.Max(1, output.BatchRows)) },
            });
            string zeros = $"onnxae.zeros.{output.Name}";
            graph.Node.Add(new NodeProto { OpType = "ConstantOfShape", Input = { shape }, Output = { zeros } });
            AttributeProto to = new() { Name = "to", I = (long)output.Element.OnnxType, Type = AttributeProto.Types.AttributeType.Int };
            graph.Node.Add(new NodeProto { OpType = "Cast", Input = { zeros }, Output = { output.Name }, Attribute = { to } });
        }

        ModelProto twin = new() { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } }, Graph = graph };
        using StockOnnx stock = new(twin.ToByteArray(), [], definition.Outputs);
        return [.. stock.Estimator.GetOutputSchema(new SchemaShape([]))];
    }

    public void Dispose()
    {
        Transformer?.Dispose();
        File.Delete(_path);
    }
}
