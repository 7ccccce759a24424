using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Saved and loaded, a transformer has the same schema and gives the same values; saved again, it still does.</summary>
internal sealed class SavedModel : IEstimatorAspect
{
    private static readonly MLContext Context = new(seed: 1);

    /// <summary>A transformer as it comes out of a file.</summary>
    public static ITransformer SaveAndLoad(ITransformer transformer, DataViewSchema inputSchema, out DataViewSchema loadedSchema)
    {
        using MemoryStream file = new();
        Context.Model.Save(transformer, inputSchema, file);
        file.Position = 0;
        return Context.Model.Load(file, out loadedSchema);
    }

    public void Check(EstimatorCase estimator)
    {
        DataViewSchema inputSchema = estimator.FitInput.Schema;
        if (!estimator.IsSavable)
        {
            Assert.ThrowsExactly<NotSupportedException>(() => SaveAndLoad(estimator.Transformer, inputSchema, out _));
            return;
        }

        ITransformer loaded = SaveAndLoad(estimator.Transformer, inputSchema, out DataViewSchema loadedSchema);
        Schemas.AssertSame(inputSchema, loadedSchema, "loaded input schema");
        AssertSame(estimator, loaded, "loaded");
        ITransformer loadedAgain = SaveAndLoad(loaded, loadedSchema, out _);
        AssertSame(estimator, loadedAgain, "saved and loaded again");
        (loaded as IDisposable)?.Dispose();
        (loadedAgain as IDisposable)?.Dispose();
    }

    private static void AssertSame(EstimatorCase estimator, ITransformer loaded, string way)
    {
        Assert.AreEqual(estimator.Transformer.IsRowToRowMapper, loaded.IsRowToRowMapper, $"{way}: IsRowToRowMapper");
        foreach ((string name, Table rows) in estimator.Inputs)
        {
            IDataView expected = estimator.Transformer.Transform(rows);
            IDataView actual = loaded.Transform(rows);
            Schemas.AssertSame(expected.Schema, loaded.GetOutputSchema(rows.Schema), $"{way}, {name}: GetOutputSchema");
            Schemas.AssertSame(expected.Schema, actual.Schema, $"{way}, {name}: Transform's schema");
            ReadRows.AssertSame(expected.Schema, ReadRows.Of(expected), ReadRows.Of(actual), $"{way}, {name}");
        }
    }
}
