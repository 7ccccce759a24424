using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An ONNX Runtime session with what ML.NET needs to know of its model.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Dictionary<string, OnnxVariable> _inputs;
    private readonly Dictionary<string, OnnxVariable> _outputs;
    private readonly Dictionary<string, OnnxVariable> _initializers;

    private OnnxModel(byte[] bytes, InferenceSession session, IDictionary<string, int[]> shapes)
    {
        Bytes = bytes;
        _session = session;
        _inputs = Describe(session.InputMetadata, shapes);
        _outputs = Describe(session.OutputMetadata, shapes);
        _initializers = Describe(session.OverridableInitializerMetadata, shapes);
    }

    /// <summary>The model as it was read: this is what a saved pipeline holds.</summary>
    public byte[] Bytes { get; }

    public IReadOnlyCollection<string> InputNames => _inputs.Keys;

    public IReadOnlyCollection<string> OutputNames => _outputs.Keys;

    /// <summary>Opens a model file; its path stays the base of the external data that it may refer to.</summary>
    public static OnnxModel Open(string path, OnnxDevice device, IDictionary<string, int[]> shapes) =>
        Create(File.ReadAllBytes(path), options => new InferenceSession(path, options), device, shapes);

    public static OnnxModel Open(byte[] bytes, OnnxDevice device, IDictionary<string, int[]> shapes) =>
        Create(bytes, options => new InferenceSession(bytes, options), device, shapes);

    public OnnxVariable GetInput(string name)
    {
        if (_inputs.TryGetValue(name, out OnnxVariable input) || _initializers.TryGetValue(name, out input))
            return input;
        throw Missing(name, $"Input tensor, {name}, does not exist in the ONNX model. Available input names are [{string.Join(",", InputNames)}]. Available initializers are [{string.Join(",", _initializers.Keys)}]");
    }

    public OnnxVariable GetOutput(string name) =>
        _outputs.TryGetValue(name, out OnnxVariable output)
            ? output
            : throw Missing(name, $"Ouput tensor, {name}, does not exist in the ONNX model. Available output names are [{string.Join(",", OutputNames)}].");

    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputs, IReadOnlyCollection<string> outputNames)
    {
        using var options = new RunOptions();
        return _session.Run(options, inputNames, inputs, outputNames);
    }

    public void Dispose() => _session.Dispose();

    private static OnnxModel Create(byte[] bytes, Func<SessionOptions, InferenceSession> open, OnnxDevice device, IDictionary<string, int[]> shapes)
    {
        InferenceSession session;
        try
        {
            session = device.OpenSession(open);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException($"Error initializing model :{e}", e);
        }

        try
        {
            return new OnnxModel(bytes, session, shapes);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static Dictionary<string, OnnxVariable> Describe(IReadOnlyDictionary<string, NodeMetadata> nodes, IDictionary<string, int[]> shapes)
    {
        var variables = new Dictionary<string, OnnxVariable>();
        foreach (var (name, metadata) in nodes)
        {
            // ML.NET's own converter names so what a graph must have but nobody reads.
            bool unused = name.StartsWith("mlnet.", StringComparison.Ordinal)
                && (name.EndsWith(".unusedInput", StringComparison.Ordinal) || name.EndsWith(".unusedOutput", StringComparison.Ordinal));
            if (!unused)
                variables.Add(name, OnnxVariable.Create(name, metadata, shapes != null && shapes.TryGetValue(name, out int[] shape) ? shape : null));
        }
        return variables;
    }

    // The original mixes up the parts of this exception; its words are kept as they come out.
    private static ArgumentOutOfRangeException Missing(string tensor, string message) => new(message, tensor, "name");
}
