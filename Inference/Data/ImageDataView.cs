using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// An <see cref="ImageSet"/> as ML.NET sees it: the column <c>Pixels</c>, a vector of Single in [0, 1], and, where the
/// set has labels, <c>Label</c>, a key whose values are the numbers of the classes.
/// </summary>
internal sealed class ImageDataView : IDataView
{
    public const string PixelsColumn = "Pixels";
    public const string LabelColumn = "Label";
    private const string KeyValues = "KeyValues"; // the kind of annotation that holds what the keys stand for

    public ImageDataView(ImageSet images)
    {
        Images = images;
        DataViewSchema.Builder schema = new();
        schema.AddColumn(PixelsColumn, new VectorDataViewType(NumberDataViewType.Single, images.PixelCount));
        if (images.HasLabels)
        {
            schema.AddColumn(LabelColumn, new KeyDataViewType(typeof(uint), images.ClassCount), ClassNumbers(images.ClassCount));
        }

        Schema = schema.ToSchema();
    }

    public ImageSet Images { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => Images.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new ImageCursor(this, columnsNeeded, Order(rand), first: 0, cursorCount: 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        List<DataViewSchema.Column> columns = [.. columnsNeeded];
        int[]? order = Order(rand);
        int count = Math.Clamp((Images.Count + ImageCursor.RowsPerBatch - 1) / ImageCursor.RowsPerBatch, 1, n);
        return [.. Enumerable.Range(0, count).Select(i => new ImageCursor(this, columns, order, first: i, cursorCount: count))];
    }

    private int[]? Order(Random? rand)
    {
        if (rand is null)
        {
            return null;
        }

        int[] order = [.. Enumerable.Range(0, Images.Count)];
        rand.Shuffle(order);
        return order;
    }

    // Numbers as Single, like those that MapValueToKey finds in a text file of digits.
    private static DataViewSchema.Annotations ClassNumbers(int count)
    {
        DataViewSchema.Annotations.Builder annotations = new();
        annotations.Add(KeyValues, new VectorDataViewType(NumberDataViewType.Single, count), (ref VBuffer<float> value) =>
            value = new VBuffer<float>(count, [.. Enumerable.Range(0, count).Select(number => (float)number)]));
        return annotations.ToAnnotations();
    }
}

/// <summary>
/// Walks over the images of a view. One of <paramref name="cursorCount"/> cursors takes every such batch of rows, so
/// that <see cref="Batch"/> tells their common order.
/// </summary>
internal sealed class ImageCursor(
    ImageDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded, int[]? order, int first, int cursorCount) : DataViewRowCursor, ISpanRow
{
    public const int RowsPerBatch = 64;

    private readonly ImageSet _images = view.Images;
    private readonly HashSet<int> _active = [.. columnsNeeded.Select(c => c.Index)];
    private long _position = -1;
    private long _batch = first;
    private int _inBatch = -1;
    private int _image = -1; // -1: not at a row

    public override long Position => _position;

    public override long Batch => cursorCount == 1 ? 0 : _batch;

    public override DataViewSchema Schema => view.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        if (++_inBatch == RowsPerBatch)
        {
            _inBatch = 0;
            _batch += cursorCount;
        }

        long row = (_batch * RowsPerBatch) + _inBatch;
        if (row >= _images.Count)
        {
            _inBatch--; // stay at the end
            _image = -1;
            _position = -1;
            return false;
        }

        _image = order is null ? (int)row : order[row];
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        RowGuard.CheckAtRow(_image);
        id = new DataViewRowId((ulong)_image, 0); // the image's own, in whatever order it comes
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        Delegate getter = column.Name == ImageDataView.PixelsColumn ? (ValueGetter<VBuffer<float>>)GetPixels : (ValueGetter<uint>)GetLabel;
        return RowGuard.Cast<TValue>(getter, column);
    }

    public SpanGetter<T>? GetSpanGetter<T>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        return column.Name == ImageDataView.PixelsColumn ? (Delegate)(SpanGetter<float>)WritePixels as SpanGetter<T> : null;
    }

    private void GetPixels(ref VBuffer<float> pixels)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref pixels, _images.PixelCount);
        WritePixels(editor.Values);
        pixels = editor.Commit();
    }

    private void WritePixels(Span<float> values)
    {
        RowGuard.CheckAtRow(_image);
        PixelScale.ToUnit(_images.GetImage(_image), values);
    }

    private void GetLabel(ref uint label)
    {
        RowGuard.CheckAtRow(_image);
        label = _images.Labels.Span[_image] + 1u; // keys count from 1; 0 is a missing label
    }
}
