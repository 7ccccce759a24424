using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>Splits for semi-supervised work.</summary>
public static class LabeledSliceCatalog
{
    /// <summary>
    /// Splits a view into a small part whose labels may be used and the rest, whose labels are hidden: they read as missing
    /// (key 0, NaN or empty text). The part is stratified: of each class it holds the same fraction, rounded, and at
    /// least one row. Which rows it holds depends on the data and the seed alone. Rows without a label go to the rest.
    /// </summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="input">The view to split; read once here, and again by the cursors of the parts.</param>
    /// <param name="fraction">Fraction of each class that keeps its labels, above 0 and up to 1: 0.01 for 1 %.</param>
    /// <param name="seed">Chooses the rows.</param>
    /// <param name="labelColumnName">A key, a Single, a Double or a text.</param>
    /// <returns>The part with labels, and the rest.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range, or the label column is missing or of a type without a missing value.</exception>
    public static (IDataView Labeled, IDataView Unlabeled) TakeLabeledSlice(
        this DataOperationsCatalog catalog, IDataView input, double fraction, int seed = 1, string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        (HashSet<DataViewRowId> chosen, long rowCount, LabelColumn label) = Choose(input, fraction, seed, labelColumnName);
        return (new SliceView(input, chosen, keepsChosen: true, chosen.Count, label),
            new SliceView(input, chosen, keepsChosen: false, rowCount - chosen.Count, label));
    }

    /// <summary>
    /// Hides most labels of a view, for semi-supervised trainers: the rows that <see cref="TakeLabeledSlice"/> would choose
    /// keep their label, that of all others reads as missing (key 0, NaN or empty text). No row is left out.
    /// </summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="input">The view; read once here, and again by the cursors of the result.</param>
    /// <param name="fraction">Fraction of each class that keeps its labels, above 0 and up to 1: 0.01 for 1 %.</param>
    /// <param name="seed">Chooses the rows.</param>
    /// <param name="labelColumnName">A key, a Single, a Double or a text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range, or the label column is missing or of a type without a missing value.</exception>
    public static IDataView KeepLabels(
        this DataOperationsCatalog catalog, IDataView input, double fraction, int seed = 1, string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        (HashSet<DataViewRowId> chosen, _, LabelColumn label) = Choose(input, fraction, seed, labelColumnName);
        return new SliceView(input, chosen, keepsChosen: null, input.GetRowCount(), label);
    }

    private static (HashSet<DataViewRowId> Chosen, long RowCount, LabelColumn Label) Choose(IDataView input, double fraction, int seed, string labelColumnName)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!(fraction > 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Must be above 0 and at most 1.");
        }

        LabelColumn label = LabelColumn.Find(input.Schema, labelColumnName, nameof(labelColumnName));

        (List<List<DataViewRowId>> classes, long rowCount) = ReadClasses(input, label);
        Random random = new(seed);
        HashSet<DataViewRowId> chosen = [];
        foreach (List<DataViewRowId> rows in classes)
        {
            int quota = Math.Max(1, (int)Math.Round(fraction * rows.Count, MidpointRounding.AwayFromZero));
            for (int i = 0; i < quota; i++)
            {
                int pick = random.Next(i, rows.Count);
                (rows[i], rows[pick]) = (rows[pick], rows[i]);
                chosen.Add(rows[i]);
            }
        }

        return (chosen, rowCount, label);
    }

    private static (List<List<DataViewRowId>> Classes, long RowCount) ReadClasses(IDataView input, LabelColumn label)
    {
        List<List<DataViewRowId>> classes = [];
        long rowCount = 0;
        using DataViewRowCursor cursor = input.GetRowCursor([input.Schema[label.Index]]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        Func<int> readClass = label.GetClassReader(cursor);
        DataViewRowId id = default;
        for (; cursor.MoveNext(); rowCount++)
        {
            int number = readClass();
            if (number < 0)
            {
                continue;
            }

            if (number == classes.Count)
            {
                classes.Add([]);
            }

            getId(ref id);
            classes[number].Add(id);
        }

        return (classes, rowCount);
    }
}
