namespace OnnxAE.Inference;

/// <summary>A dense layer of a classifier: weights · input + biases.</summary>
/// <param name="Weights">[Outputs, Inputs], row-major.</param>
/// <param name="Biases">[Outputs].</param>
internal sealed record DenseLayer(float[] Weights, float[] Biases)
{
    /// <summary>Numbers that it takes.</summary>
    public int Inputs => Weights.Length / Biases.Length;

    /// <summary>Numbers that it gives.</summary>
    public int Outputs => Biases.Length;

    /// <summary>The layer that gives a multiple of what this one gives.</summary>
    public DenseLayer Scale(double factor) => new([.. Weights.Select(w => (float)(w * factor))], [.. Biases.Select(b => (float)(b * factor))]);
}
