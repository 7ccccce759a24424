using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Tests.Conformance;

namespace OnnxAE.Tests.Compat.ML;

/// <summary>Transforms compute rows on several threads; whoever reads them sees one cursor.</summary>
[TestClass]
public sealed class ParallelCursorTests
{
    private const int EndlessRead = 100;

    private static readonly MLContext Context = new(1);
    private static readonly string[] Columns = [.. typeof(SampleRow).GetProperties().Select(p => p.Name)];

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(0, true)]
    [DataRow(1, false)]
    [DataRow(1000, false)]
    [DataRow(1000, true)]
    public void RowsKeepOrderIdentitiesAndValuesOfEveryType(int count, bool sourceGivesSets)
    {
        IDataView source = Context.Data.LoadFromEnumerable(SampleRow.Make(count));
        List<ReadRow> expected = ReadRows.Of(source);
        IDataView view = Copy(sourceGivesSets ? Table.Of(source) : source);

        List<ReadRow> rows = ReadRows.Of(view);

        ReadRows.AssertSame(source.Schema, expected, rows, "copied");
        Assert.AreSequenceEqual(Enumerable.Range(0, count).Select(i => (long)i).ToArray(), rows.Select(r => r.Position).ToArray());
        foreach (string column in Columns)
        {
            int original = view.Schema[column].Index;
            int copy = view.Schema[$"{column} copy"].Index;
            Assert.IsTrue(rows.All(r => ColumnValues.AreEqual(r.Values[original]!, r.Values[copy]!)), column);
        }
    }

    [TestMethod]
    public void AFilterOfComputedRowsKeepsTheirOrder()
    {
        IDataView view = Copy(Context.Data.LoadFromEnumerable(SampleRow.Make(1000)));
        IDataView half = Context.Data.TrainTestSplit(view, testFraction: 0.5, samplingKeyColumnName: "Number").TrainSet;

        DataViewRowId[] kept = [.. ReadRows.Of(half).Select(r => r.Id)];

        Assert.IsGreaterThan(0, kept.Length);
        Assert.IsLessThan(1000, kept.Length);
        Assert.AreSequenceEqual(ReadRows.Of(view).Select(r => r.Id).Where(kept.Contains).ToArray(), kept);
    }

    [TestMethod]
    public void EachCursorOfASetIsReadOnAThreadOfItsOwn()
    {
        var source = new ThreadView(Table.Of(Context.Data.LoadFromEnumerable(SampleRow.Make(100))));
        ReadRows.Of(Copy(source));

        Assert.HasCount(Math.Max(2, Environment.ProcessorCount - 1), source.Threads);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, source.Threads.SelectMany(threads => threads));
        Assert.IsTrue(source.Threads.All(threads => threads.Count == 1));
    }

    [TestMethod]
    public void AReaderWhoStopsEarlyEndsAllThreadsAndFindsFewRowsReadAhead()
    {
        int read = 0;
        IDataView view = Context.Transforms.CopyColumns("Copy", "Name").Fit(Context.Data.LoadFromEnumerable(SampleRow.Make(1)))
            .Transform(Context.Data.LoadFromEnumerable(Endless()));

        using (DataViewRowCursor cursor = view.GetRowCursor(view.Schema))
        {
            for (int i = 0; i < EndlessRead; i++)
                Assert.IsTrue(cursor.MoveNext());
            Thread.Sleep(20); // time to read ahead without bounds
        }

        int atEnd = read;
        Thread.Sleep(20);
        Assert.AreEqual(atEnd, read);
        Assert.IsLessThan(EndlessRead + (2000 * Environment.ProcessorCount), read);

        IEnumerable<SampleRow> Endless()
        {
            SampleRow row = SampleRow.Make(1)[0];
            for (; ; read++)
                yield return row;
        }
    }

    [TestMethod]
    public void AFailureOnAThreadReachesTheReaderAsInnerException()
    {
        bool isClosed = false;
        IDataView view = Copy(Context.Data.LoadFromEnumerable(Failing()));

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => ReadRows.Of(view));

        Assert.AreEqual("row 500", Assert.IsInstanceOfType<FormatException>(error.GetBaseException()).Message);
        Assert.IsTrue(isClosed);

        IEnumerable<SampleRow> Failing()
        {
            try
            {
                foreach (SampleRow row in SampleRow.Make(500))
                    yield return row;
                throw new FormatException("row 500");
            }
            finally
            {
                isClosed = true;
            }
        }
    }

    /// <summary>A view with a copy of each column, by as many transforms in a row.</summary>
    private static IDataView Copy(IDataView source)
    {
        foreach (string column in Columns)
            source = Context.Transforms.CopyColumns($"{column} copy", column).Fit(source).Transform(source);
        return source;
    }

    /// <summary>Notes, for each cursor of its sets, the threads on which it moves.</summary>
    private sealed class ThreadView(IDataView source) : IDataView
    {
        public List<HashSet<int>> Threads { get; } = [];

        public DataViewSchema Schema => source.Schema;

        public bool CanShuffle => source.CanShuffle;

        public long? GetRowCount() => source.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => source.GetRowCursor(columnsNeeded, rand);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            Array.ConvertAll(source.GetRowCursorSet(columnsNeeded, n, rand), Note);

        private DataViewRowCursor Note(DataViewRowCursor input)
        {
            HashSet<int> threads = [];
            Threads.Add(threads);
            return new Cursor(input, threads);
        }
    }

    private sealed class Cursor(DataViewRowCursor source, HashSet<int> threads) : DataViewRowCursor
    {
        public override DataViewSchema Schema => source.Schema;

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => source.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return source.MoveNext();
        }

        protected override void Dispose(bool disposing)
        {
            source.Dispose();
            base.Dispose(disposing);
        }
    }
}
