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

    private StockOnnx(TransformsCatalog catalog, OnnxModelDefinition definition, byte[] model, RunSettings settings)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream file = new(_path, options))
                file.Write(model);

            Estimator = catalog.ApplyOnnxModel(new OnnxOptions
            {
                ModelFile = _path,
                InputColumns = [.. definition.Inputs.Select(t => t.Name)],
                OutputColumns = [.. definition.Outputs.Select(t => t.Name)],
                GpuDeviceId = settings.GpuDeviceId,
                FallbackToCpu = settings.FallbackToCpu,
                IntraOpNumThreads = settings.IntraOpThreads,
            });
            Transformer = Estimator.Fit(new EmptyView(definition.Inputs));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public OnnxScoringEstimator Estimator { get; }

    public OnnxTransformer Transformer { get; }

    /// <summary>The transformer that computes what the model does.</summary>
    public static StockOnnx Create(TransformsCatalog catalog, OnnxModelDefinition definition, RunSettings settings)
        => new(catalog, definition, definition.Bytes, settings);

    /// <summary>One with the same columns that computes zeros: enough to ask for schemas, and without the weights.</summary>
    public static StockOnnx CreateTwin(TransformsCatalog catalog, OnnxModelDefinition definition)
    {
        GraphProto graph = new() { Name = "schema", Input = { definition.InputValues }, Output = { definition.OutputValues } };
        foreach (TensorSpec output in definition.Outputs)
        {
            string shape = $"onnxae.shape.{output.Name}";
            graph.Initializer.Add(new TensorProto
            {
                Name = shape,
                DataType = (int)TensorProto.Types.DataType.Int64,
                Dims = { output.RowShape.Count },
                Int64Data = { output.RowShape.Select(d => (long)d) },
            });
            graph.Node.Add(new NodeProto { OpType = "ConstantOfShape", Input = { shape }, Output = { output.Name } });
        }

        ModelProto twin = new() { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } }, Graph = graph };
        return new StockOnnx(catalog, definition, twin.ToByteArray(), default);
    }

    public void Dispose()
    {
        Transformer?.Dispose();
        File.Delete(_path);
    }
}
