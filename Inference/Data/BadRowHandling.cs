namespace OnnxAE.Inference;

/// <summary>What becomes of a row that can't be used: of the wrong width, with a value that is no finite number, a damaged picture.</summary>
public enum BadRowHandling
{
    /// <summary>Reading ends with an exception that names the row.</summary>
    Stop,

    /// <summary>The row is left out.</summary>
    Skip,

    /// <summary>The row is given with zeros for values, and marked as missing.</summary>
    Null,
}
