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
            schema.AddColumn(LabelColumn, new KeyDataViewType(typeof(uint), images.ClassCount), ClassNumbers(images.ClassCount));
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
            return null;
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
