namespace OnnxAE.Inference;

/// <summary>What a sampler is applied to, and how.</summary>
public sealed record OnnxSamplerOptions : BatchedOnnxOptions
{
    /// <summary>Where the noise begins. With the same seed a row, told by its id, gets the same noise, in whatever order and batches rows are read.</summary>
    public int Seed { get; init; }

    /// <summary>The model's input that takes the noise, numbers drawn from N(0, 1).</summary>
    public string NoiseInputName { get; init; } = "eps";
}
