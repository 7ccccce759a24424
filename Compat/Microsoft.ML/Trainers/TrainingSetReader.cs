using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Reads the rows to train on into memory; those without a label, or with numbers that are not finite, are passed over.</summary>
internal static class TrainingSetReader
{
    /// <param name="input">The training view.</param>
    /// <param name="featureColumn">A vector of single of known size.</param>
    /// <param name="labelColumn">A key column; 0 is a missing label.</param>
    /// <param name="weightColumn">A column of single, or null.</param>
    public static TrainingSet Read(IDataView input, string featureColumn, string labelColumn, string weightColumn)
    {
        DataViewSchema.Column feature = input.Schema[featureColumn];
        DataViewSchema.Column label = input.Schema[labelColumn];
        DataViewSchema.Column? weight = weightColumn is null ? null : input.Schema[weightColumn];
        int featureCount = feature.Type.GetValueCount();
        int classCount = checked((int)label.Type.GetKeyCount());
        Contracts.CheckParam((featureCount + 1L) * classCount <= Array.MaxLength, "data",
            $"The number of model parameters which is equal to ('# of features' + 1) * '# of classes' should be less than or equal to {Array.MaxLength}.");

        var features = new List<float[]>();
        var labels = new List<int>();
        List<float> weights = weight is null ? null : [];
        IEnumerable<DataViewSchema.Column> columns = weight is { } extra ? [feature, label, extra] : [feature, label];
        using DataViewRowCursor cursor = input.GetRowCursor(columns);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(feature);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
        ValueGetter<float> getWeight = weight is { } column ? cursor.GetGetter<float>(column) : null;
        VBuffer<float> row = default;
        uint key = 0;
        float rowWeight = 1;
        while (cursor.MoveNext())
        {
            getLabel(ref key);
            if (key == 0 || key > classCount)
                continue;
            getWeight?.Invoke(ref rowWeight);
            if (!(rowWeight > 0) || float.IsPositiveInfinity(rowWeight))
                continue;
            getFeatures(ref row);
            if (!row.GetValues().AreFinite())
                continue;

            var values = new float[featureCount];
            row.CopyTo(values);
            features.Add(values);
            labels.Add((int)key - 1);
            weights?.Add(rowWeight);
        }

        return new TrainingSet(features, labels, weights, classCount, featureCount);
    }
}
