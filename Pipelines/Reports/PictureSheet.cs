namespace OnnxAE.Pipelines;

/// <summary>Many pictures on one, in rows.</summary>
internal static class PictureSheet
{
    private const byte Paper = 255;
    private const int Gap = 2;

    /// <summary>Sets pictures in rows, each in the middle of a cell of the largest one's size, with white between them.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="columns">Pictures a row.</param>
    public static Picture Compose(IReadOnlyList<Picture> pictures, int columns)
    {
        int cellWidth = pictures.Max(p => p.Width), cellHeight = pictures.Max(p => p.Height);
        int rows = (pictures.Count + columns - 1) / columns;
        int width = (columns * (cellWidth + Gap)) + Gap, height = (rows * (cellHeight + Gap)) + Gap;
        var sheet = new Picture(new byte[checked(width * height)], width, height);
        Array.Fill(sheet.Pixels, Paper);
        for (int i = 0; i < pictures.Count; i++)
        {
            Picture picture = pictures[i];
            int left = Gap + (i % columns * (cellWidth + Gap)) + ((cellWidth - picture.Width) / 2);
            int top = Gap + (i / columns * (cellHeight + Gap)) + ((cellHeight - picture.Height) / 2);
            for (int y = 0; y < picture.Height; y++)
            {
                picture.Pixels.AsSpan(y * picture.Width, picture.Width).CopyTo(sheet.Pixels.AsSpan(((top + y) * width) + left));
            }
        }

        return sheet;
    }
}
