using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>A file of rows, or a folder of pictures, as pixels in [0, 1].</summary>
/// <param name="View">A column <c>Pixels</c>; every cursor reads the file anew.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Names">The pictures' file names; null for a file.</param>
internal sealed record PixelRows(IDataView View, int Count, IReadOnlyList<string>? Names)
{
    /// <summary>Opens it and counts its rows.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, its rows have another size, or there are none.</exception>
    public static PixelRows Open(string path, RowFileOptions options, BytePixels? pixels)
    {
        RowFileView rows = Open(RowSource.OfPath(path), options, pixels);
        string[]? names = rows.Schema.GetColumnOrNull(RowFileView.NameColumn) is null ? null : [.. rows.GetColumn<string>(RowFileView.NameColumn)];
        int count = names?.Length ?? checked((int)(rows.GetRowCount() ?? rows.GetColumn<long>(RowFileView.RowColumn).LongCount()));
        return count > 0 ? new PixelRows(AsPixels(rows), count, names) : throw new InvalidDataException($"'{path}' holds no row, expected images.");
    }

    /// <summary>A view of rows whose bytes become numbers in [0, 1], unless something else is asked for; numbers stay what they are.</summary>
    public static RowFileView Open(RowSource source, RowFileOptions options, BytePixels? pixels)
    {
        // A source that can be read once can't be looked at first.
        if (pixels is not null || !source.IsRepeatable)
        {
            return new RowFileView(source, options with { Bytes = pixels ?? BytePixels.Keep });
        }

        RowFileView view = new(source, options);
        return HoldsBytes(view) ? new RowFileView(source, options with { Bytes = BytePixels.Unit }) : view;
    }

    /// <summary>The same rows with their values in a column <c>Pixels</c>.</summary>
    public static IDataView AsPixels(IDataView rows) => new MLContext().Transforms.CopyColumns("Pixels", RowFileView.ValuesColumn).Fit(rows).Transform(rows);

    /// <summary>Whether values are bytes.</summary>
    public static bool HoldsBytes(RowFileView rows) => ((VectorDataViewType)rows.Schema[RowFileView.ValuesColumn].Type).ItemType == NumberDataViewType.Byte;
}
