namespace OnnxAE.Inference.Data.RowFiles.Pictures;

/// <summary>The size of a picture of 8 bits a channel.</summary>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
internal readonly record struct PictureHeader(int Width, int Height, int Channels)
{
    /// <summary>Bytes of its pixels, however many the header claims; past counting it is long.MaxValue.</summary>
    public long Size => (long)Int128.Min((Int128)Width * Height * Channels, long.MaxValue);

    /// <summary>As in <c>28 x 28 grey pixels</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Width} x {Height} {(Channels == 1 ? "grey" : "coloured")} pixels");
}
