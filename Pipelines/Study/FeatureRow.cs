using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>A row of features as ML.NET sees it.</summary>
internal sealed class FeatureRow
{
    /// <summary>The numbers.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>The class, from 0; <see cref="uint.MaxValue"/>, which is no class, for missing. The view's keys are larger by one.</summary>
    public uint Label { get; set; } = uint.MaxValue;

    /// <summary>A view of rows in memory; nothing is copied before it is read.</summary>
    public static IDataView View(MLContext ml, IEnumerable<FeatureRow> rows, int dimension, int classCount)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimension);
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), classCount);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
