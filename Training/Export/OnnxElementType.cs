namespace OnnxAE.Training;

/// <summary>What the numbers of a tensor are; the values are ONNX's own codes.</summary>
public enum OnnxElementType
{
    /// <summary>32-bit floating point.</summary>
    Real = 1,

    /// <summary>64-bit integers: indices and shapes.</summary>
    Index = 7,

    /// <summary>Truth values: conditions.</summary>
    Condition = 9,
}
