namespace OnnxAE.Inference;

/// <summary>What a model of several inputs and outputs is applied to, and how.</summary>
public sealed record BatchedOnnxModelOptions : OnnxRunOptions
{
    /// <summary>Path of the ONNX file. It must be self-contained, and stay as it is while the model may be saved.</summary>
    public required string ModelFile { get; init; }

    /// <summary>
    /// The columns to make; empty makes one of every output, called like it. Those that are called like outputs are these;
    /// otherwise there must be as many as outputs, in their order.
    /// </summary>
    public IReadOnlyList<string> OutputColumnNames { get; init; } = [];

    /// <summary>
    /// The columns to read; empty reads those that are called like the inputs. Otherwise there must be as many as inputs,
    /// called like them or in their order.
    /// </summary>
    public IReadOnlyList<string> InputColumnNames { get; init; } = [];
}
