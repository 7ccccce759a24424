namespace OnnxAE.Inference;

/// <summary>What a model of one input and one output is applied to, and how.</summary>
public record BatchedOnnxOptions : OnnxRunOptions
{
    /// <summary>The column to make. Its name is free, whatever the tensor is called.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>The column to read. Its name is free, whatever the tensor is called.</summary>
    public required string InputColumnName { get; init; }

    /// <summary>Path of the ONNX file. It must be self-contained, and stay as it is while the model may be saved.</summary>
    public required string ModelFile { get; init; }
}
