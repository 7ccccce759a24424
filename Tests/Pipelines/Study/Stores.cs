using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

/// <summary>Rows of features for tests.</summary>
internal static class Stores
{
    public static FeatureStore Of(float[][] rows)
    {
        var store = new FeatureStore(rows.Length, rows[0].Length);
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(store.Row(row));
        }

        return store;
    }
}
