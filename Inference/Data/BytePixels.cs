namespace OnnxAE.Inference.Data;

/// <summary>What the bytes of a file become.</summary>
public enum BytePixels
{
    /// <summary>They stay bytes: a model whose metadata names a range of pixels brings them to it.</summary>
    Keep,

    /// <summary>Numbers from 0 to 1: byte / 255.</summary>
    Unit,

    /// <summary>The same numbers, 0 to 255.</summary>
    Raw,
}
