using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class ChainTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView View = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 8).Select(i => new Row { Id = i }).ToArray());

    [TestMethod]
    public void EachEstimatorIsFittedOnWhatTheOnesBeforeItMade()
    {
        var chain = new HalfEstimator().Append(new HalfEstimator()).Append(new HalfEstimator());
        TransformerChain<HalfTransformer> model = chain.Fit(View);

        Assert.AreEqual(3, model.Count());
        CollectionAssert.AreEqual(new long[] { 8, 4, 2 }, model.Cast<HalfTransformer>().Select(t => t.RowsAtFit).ToArray());
        Assert.AreEqual(2, model.LastTransformer.RowsAtFit);
        CollectionAssert.AreEqual(new[] { 0 }, model.Transform(View).GetColumn<int>("Id").ToArray());
    }

    [TestMethod]
    public void ATransformerOutOfScopeTakesNoPart()
    {
        var chain = new EstimatorChain<ITransformer>().Append(new HalfEstimator(), TransformerScope.TrainTest).Append(new HalfEstimator());
        TransformerChain<HalfTransformer> model = chain.Fit(View);

        Assert.AreEqual(4, model.Transform(View).GetRowCount());
        Assert.AreEqual(2, model.Transform(View, TransformerScope.Everything).GetRowCount());
        Assert.AreEqual(1, model.GetModelFor(TransformerScope.Scoring).Count());
    }

    [TestMethod]
    public void ACacheCheckpointChangesNoRow()
    {
        var chain = new HalfEstimator().Append(new HalfEstimator()).AppendCacheCheckpoint(Context).Append(new HalfEstimator());
        Assert.AreEqual(2, chain.Fit(View).LastTransformer.RowsAtFit);
        Assert.ThrowsExactly<InvalidOperationException>(() => new EstimatorChain<ITransformer>().AppendCacheCheckpoint(Context));
    }

    [TestMethod]
    public void DisposingAChainDisposesItsTransformers()
    {
        TransformerChain<HalfTransformer> model = new HalfEstimator().Append(new HalfEstimator()).Fit(View);
        model.Dispose();
        Assert.IsTrue(model.Cast<HalfTransformer>().All(t => t.IsDisposed));
    }

    /// <summary>Learns how many rows there are; its transformer keeps the first half of them.</summary>
    private sealed class HalfEstimator : IEstimator<HalfTransformer>
    {
        public HalfTransformer Fit(IDataView input) => new(input.GetRowCount() ?? input.GetColumn<int>("Id").Count());

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private sealed class HalfTransformer(long rowsAtFit) : ITransformer, IDisposable
    {
        public long RowsAtFit => rowsAtFit;

        public bool IsDisposed { get; private set; }

        public bool IsRowToRowMapper => false;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IDataView Transform(IDataView input) =>
            Context.Data.TakeRows(input, (input.GetRowCount() ?? input.GetColumn<int>("Id").Count()) / 2);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Row
    {
        public int Id;
    }
}
