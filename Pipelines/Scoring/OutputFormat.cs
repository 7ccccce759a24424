namespace OnnxAE.Pipelines.Scoring;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>A line a row, headings first.</summary>
    Csv,

    /// <summary>NumPy's array file.</summary>
    Npy,

    /// <summary>Bytes, as MNIST has them; pixels alone can be written so.</summary>
    Idx,

    /// <summary>A folder with a PNG picture a row; pixels alone can be written so.</summary>
    Png,

    /// <summary>A folder with a grey PGM picture a row; pixels alone can be written so.</summary>
    Pgm,
}
