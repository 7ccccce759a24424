using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Create(catalog, [], [], modelFile, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Create(catalog, [outputColumnName], [inputColumnName], modelBytes, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Create(catalog, [outputColumnName], [inputColumnName], modelFile, gpuDeviceId, fallbackToCpu, shapeDictionary);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Create(catalog, [outputColumnName], [inputColumnName], modelFile, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        Create(catalog, outputColumnNames, inputColumnNames, modelFile, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, OnnxOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        Contracts.CheckNonEmpty(options.ModelFile, nameof(options.ModelFile));
        if (!File.Exists(options.ModelFile))
            throw new IOException($"Model file {options.ModelFile} does not exists.");
        return Create(catalog, options, device => OnnxModel.Open(options.ModelFile, device, options.ShapeDictionary));
    }

    private static OnnxScoringEstimator Create(
        TransformsCatalog catalog, string[] outputs, string[] inputs, string modelFile, int? gpuDeviceId, bool fallbackToCpu, IDictionary<string, int[]> shapes = null) =>
        ApplyOnnxModel(catalog, new OnnxOptions
        {
            ModelFile = modelFile,
            InputColumns = inputs,
            OutputColumns = outputs,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
            ShapeDictionary = shapes,
        });

    private static OnnxScoringEstimator Create(
        TransformsCatalog catalog, string[] outputs, string[] inputs, Stream modelBytes, int? gpuDeviceId, bool fallbackToCpu)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(modelBytes, nameof(modelBytes));
        var copy = new MemoryStream();
        modelBytes.Position = 0;
        modelBytes.CopyTo(copy);
        var options = new OnnxOptions { InputColumns = inputs, OutputColumns = outputs, GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu };
        return Create(catalog, options, device => OnnxModel.Open(copy.ToArray(), device, shapes: null));
    }

    private static OnnxScoringEstimator Create(TransformsCatalog catalog, OnnxOptions options, Func<OnnxDevice, OnnxModel> open)
    {
        IHostEnvironment env = catalog.Environment;
        var device = new OnnxDevice(options.GpuDeviceId, options.FallbackToCpu, options.IntraOpNumThreads);
        return new OnnxScoringEstimator(
            env, new OnnxTransformer(env, open(device), options.InputColumns, options.OutputColumns, options.ShapeDictionary, OnnxTransformer.DefaultRecursionLimit));
    }
}
