using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Benchmarks;

/// <summary>
/// The hot path: images through an encoder, code by code from a cursor. Times and bytes are those of one row, what a
/// cursor costs to open and close among them.
/// </summary>
[MemoryDiagnoser]
public class EncodingBenchmarks
{
    private const int Rows = 60_000;
    private const int Side = 28; // pixels, as Fashion-MNIST has them
    private const string Pixels = "Pixels"; // the tensors are called like the columns, on which stock ML.NET insists
    private const string Code = "Code";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"onnxae-benchmark-{Guid.NewGuid():N}.onnx");
    private BatchedOnnxTransformer? _batched;
    private OnnxTransformer? _stock;
    private IDataView _batchedView = null!;
    private IDataView _stockView = null!;

    /// <summary>The network, by its id; its weights are random.</summary>
    [Params("mlp-100", "dense-30")]
    public string Model { get; set; } = "";

    /// <summary>Exports the encoder and makes both transformers.</summary>
    [GlobalSetup]
    public void Open()
    {
        using (EncoderNetwork network = ModelCatalog.Get(Model).CreateNetwork(seed: 1))
        {
            OnnxExporter.Export(network.Encoder, [network.InputSize], _path, new OnnxExportOptions { InputName = Pixels, OutputName = Code });
        }

        byte[] pixels = new byte[Rows * Side * Side];
        new Random(1).NextBytes(pixels);
        var ml = new MLContext(seed: 1);
        IDataView images = ml.Data.LoadFromRows(new RowSet(pixels, [1, Side, Side]));
        _batched = ml.Transforms.ApplyOnnxEncoder(Code, Pixels, _path).Fit(images);
        _batchedView = _batched.Transform(images);
        _stock = ml.Transforms.ApplyOnnxModel(Code, Pixels, _path).Fit(images);
        _stockView = _stock.Transform(images);
    }

    /// <summary>Codes, batched.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public float Codes() => Sum(_batchedView, Code);

    /// <summary>Codes, batched, and the pixels that they are of.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public float CodesAndPixels() => Sum(_batchedView, Code, Pixels);

    /// <summary>Codes by stock ML.NET.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public float StockCodes() => Sum(_stockView, Code);

    /// <summary>Ends the sessions.</summary>
    [GlobalCleanup]
    public void Close()
    {
        _batched?.Dispose();
        _stock?.Dispose();
        File.Delete(_path);
    }

    private static float Sum(IDataView view, params string[] names)
    {
        DataViewSchema.Column[] columns = [.. names.Select(name => view.Schema[name])];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        ValueGetter<VBuffer<float>>[] getters = [.. columns.Select(cursor.GetGetter<VBuffer<float>>)];
        VBuffer<float> value = default;
        float sum = 0;
        while (cursor.MoveNext())
        {
            foreach (ValueGetter<VBuffer<float>> get in getters)
            {
                get(ref value);
                sum += value.GetValues()[0];
            }
        }

        return sum;
    }
}
