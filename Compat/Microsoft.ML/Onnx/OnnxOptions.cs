namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxOptions
{
    public string ModelFile;

    public string[] InputColumns;

    public string[] OutputColumns;

    internal int? GpuDeviceId;

    internal bool FallbackToCpu;

    internal IDictionary<string, int[]> ShapeDictionary;

    public int? IntraOpNumThreads;
}
