namespace OnnxAE.Inference;

/// <summary>What the pixels of a file become.</summary>
public enum BytePixels
{
    /// <summary>Bytes stay bytes, which a model whose metadata names a range of pixels brings to it; numbers stay what they are.</summary>
    Keep,

    /// <summary>Bytes, or numbers from 0 to 255, are divided by 255.</summary>
    Unit,

    /// <summary>Bytes become the same numbers, 0 to 255.</summary>
    Raw,
}
