using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace OnnxAE.Inference;

/// <summary>Where the values of a column lie in the vector of features.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Start">Its first slot.</param>
/// <param name="Length">Its slots: of a number 1, or 2 with the flag of a missing value; of a category one a value.</param>
public sealed record TableSlots(string Name, TableColumnKind Kind, int Start, int Length);

/// <summary>Fits what turns the columns of a table into one vector of numbers, out of ML.NET's own parts alone.</summary>
public static class TableFeatures
{
    /// <summary>
    /// Numbers become (value - mean) / standard deviation, with the mean for missing ones and a flag for them where there are any;
    /// categories become one slot a value, all 0 where it is missing or was never seen.
    /// </summary>
    /// <param name="ml">The context.</param>
    /// <param name="table">The rows to fit on.</param>
    /// <param name="outputColumn">Name of the vector of Single.</param>
    /// <returns>A transformer that a program without this library can load, and the slots of each feature.</returns>
    /// <exception cref="ArgumentException">A column of the table has a name that the features need.</exception>
    public static (ITransformer Transformer, IReadOnlyList<TableSlots> Slots) Fit(MLContext ml, TableFile table, string outputColumn = "Features")
    {
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentException.ThrowIfNullOrEmpty(outputColumn);
        List<InputOutputColumnPair> flags = [], filled = [], normalized = [], encoded = [];
        List<string> parts = [];
        List<TableSlots> slots = [];
        int start = 0;
        foreach (TableColumn column in table.Columns.Where(column => column.Role == TableColumnRole.Feature))
        {
            string part = $"{outputColumn}.{column.Name}";
            int length = column.Values.Count;
            parts.Add(part);
            if (column.Kind == TableColumnKind.Category)
            {
                encoded.Add(new InputOutputColumnPair(part, column.Name));
            }
            else
            {
                filled.Add(new InputOutputColumnPair(part, column.Name)); // rows to score may lack what no row lacked here
                normalized.Add(new InputOutputColumnPair(part, part));
                length = 1;
            }

            if (column is { Kind: TableColumnKind.Number, MissingCount: > 0 })
            {
                flags.Add(new InputOutputColumnPair($"{part}.IsMissing", column.Name));
                parts.Add($"{part}.IsMissing");
                length = 2;
            }

            slots.Add(new TableSlots(column.Name, column.Kind, start, length));
            start += length;
        }

        string? taken = parts.Append(outputColumn).FirstOrDefault(name => table.View.Schema.GetColumnOrNull(name) is not null)
            ?? parts.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (taken is not null)
        {
            throw new ArgumentException($"The table has a column '{taken}', or makes one twice, expected no column of that name: call the features otherwise.", nameof(outputColumn));
        }

        IEstimator<ITransformer> features = new EstimatorChain<ITransformer>();
        if (flags.Count > 0)
        {
            features = features
                .Append(ml.Transforms.IndicateMissingValues([.. flags]))
                .Append(ml.Transforms.Conversion.ConvertType([.. flags.Select(flag => new InputOutputColumnPair(flag.OutputColumnName, flag.OutputColumnName))], DataKind.Single));
        }

        if (normalized.Count > 0)
        {
            features = features
                .Append(ml.Transforms.ReplaceMissingValues([.. filled], MissingValueReplacingEstimator.ReplacementMode.Mean))
                .Append(ml.Transforms.NormalizeMeanVariance([.. normalized], maximumExampleCount: long.MaxValue, fixZero: false));
        }

        if (encoded.Count > 0)
        {
            features = features.Append(ml.Transforms.Categorical.OneHotEncoding(
                [.. encoded], OneHotEncodingEstimator.OutputKind.Indicator, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
        }

        var transformer = features
            .Append(ml.Transforms.Concatenate(outputColumn, [.. parts]))
            .Append(ml.Transforms.DropColumns([.. parts]))
            .Fit(table.View);
        int found = ((VectorDataViewType)transformer.GetOutputSchema(table.View.Schema)[outputColumn].Type).Size;
        return found == start ? (transformer, slots)
            : throw new InvalidDataException($"'{table.Path}' gave {found:N0} features, expected {start:N0} as a scan of it found: has the file changed?");
    }
}
