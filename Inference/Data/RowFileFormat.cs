namespace OnnxAE.Inference;

/// <summary>How rows lie in a file. Every one but a folder of pictures may also be gzip-compressed, which is told by content.</summary>
public enum RowFileFormat
{
    /// <summary>Unsigned bytes behind big-endian sizes: the format of MNIST.</summary>
    Idx,

    /// <summary>A line of numbers a row, with or without a line of headings.</summary>
    Csv,

    /// <summary>NumPy's array file: float32, float64 or uint8, the first dimension being the rows.</summary>
    Npy,

    /// <summary>A folder with a picture a row: PNG, JPEG, WebP, BMP, GIF and binary PGM, in the order of their names.</summary>
    Pictures,
}
