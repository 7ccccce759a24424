namespace OnnxAE.Tests;

/// <summary>What a prediction engine makes of a row.</summary>
internal sealed class Scored
{
    public float[] Code { get; set; } = [];

    public string Name { get; set; } = "";
}
