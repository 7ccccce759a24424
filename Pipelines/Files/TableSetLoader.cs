using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Reads a table into memory as numbers: standardised, categories as one number a value.</summary>
internal static class TableSetLoader
{
    /// <summary>The column of numbers.</summary>
    public const string Features = "Features";

    /// <summary>Reads it.</summary>
    /// <param name="request">The file and its columns.</param>
    /// <param name="step">Shows how far it is.</param>
    /// <param name="cancellationToken">Looked at now and then.</param>
    /// <exception cref="UsageException">The table has no such column.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or a column can't be a feature.</exception>
    public static (RowSet Rows, TableFile Table, ITransformer Features) Load(DataRequest request, IProgressStep step, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 1);
        try
        {
            TableFile table = TableFile.Open(request.Source, new TableOptions { Columns = request.Columns, Label = request.Label }, cancellationToken);
            step.Report(1.0 / 3, $"{Quantity.Of(table.RowCount, "row")} of {Quantity.Of(table.Columns.Count, "column")}");
            var (features, slots) = TableFeatures.Fit(ml, table, Features);
            step.Report(2.0 / 3, $"{Quantity.Of(slots.Sum(slot => slot.Length), "number")} a row");
            IDataView numbers = features.Transform(table.View);
            RowSetReader read = RowSetReader.Read(numbers, numbers.Schema[Features], cancellationToken);
            if (read.LeftOut > 0)
            {
                throw new InvalidDataException($"{Quantity.Of(read.LeftOut, "row")} of '{request.Source}' became numbers that are not finite, expected finite ones: look for values that are far too large.");
            }

            RowSet rows = read.ToRowSet(
                [slots.Sum(slot => slot.Length)],
                [],
                [],
                Labels(table, request.Label),
                table.Classes,
                [.. slots.Where(slot => slot.Kind == TableColumnKind.Category).Select(slot => (slot.Start, slot.Length))]);
            return (rows, table, features);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message.Split(" (Parameter")[0]);
        }
    }

    private static int[] Labels(TableFile table, string? label)
    {
        if (label is null)
        {
            return [];
        }

        Dictionary<string, int> classes = table.Classes.Index().ToDictionary(name => name.Item, name => name.Index);
        return [.. table.View.GetColumn<string>(label).Select(text => classes.GetValueOrDefault(text, -1))];
    }
}
