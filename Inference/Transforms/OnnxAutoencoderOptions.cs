namespace OnnxAE.Inference;

/// <summary>What an autoencoder is applied to, and how.</summary>
public sealed record OnnxAutoencoderOptions : BatchedOnnxOptions
{
    /// <summary>
    /// A further column to make: the mean of the squared differences between a row and its reconstruction, a score of how
    /// anomalous the row is. It is a vector of one number, as every ONNX output is in ML.NET. Null makes none.
    /// </summary>
    public string? ErrorColumnName { get; init; }
}
