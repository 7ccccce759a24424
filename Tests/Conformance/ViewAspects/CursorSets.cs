using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>
/// A set of cursors has each row once. Its cursors may be fewer than were asked for; a batch is one cursor's alone, and
/// rows in the order of their batches are those of a single cursor.
/// </summary>
internal sealed class CursorSets : IViewAspect
{
    private const int Seed = 5;

    public void Check(IDataView view)
    {
        List<ReadRow> expected = ReadRows.Of(view);
        foreach (int count in new[] { 1, 2, 5 })
        {
            string way = $"a set of {count}";
            List<ReadRow>[] read = Read(view, count, random: null, way);
            foreach (List<ReadRow> rows in read)
            {
                CollectionAssert.AreEqual(rows.Select(r => r.Batch).Order().ToArray(), rows.Select(r => r.Batch).ToArray(), $"{way}: a cursor's batches go back");
            }

            HashSet<long> batches = [];
            foreach (long batch in read.SelectMany(rows => rows.Select(r => r.Batch).Distinct()))
            {
                Assert.IsTrue(batches.Add(batch), $"{way}: two cursors have batch {batch}");
            }

            ReadRows.AssertSame(view.Schema, expected, [.. read.SelectMany(rows => rows).OrderBy(r => r.Batch)], way);

            if (view.CanShuffle)
            {
                way = $"a shuffled set of {count}";
                ReadRows.AssertSameInAnyOrder(view.Schema, expected, [.. Read(view, count, new Random(Seed), way).SelectMany(rows => rows)], way);
            }
        }
    }

    private static List<ReadRow>[] Read(IDataView view, int count, Random? random, string way)
    {
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, count, random);
        Assert.IsTrue(cursors.Length >= 1 && cursors.Length <= count, $"{way}: {cursors.Length} cursors");
        return InThreads.Run(cursors.Select(cursor => new Func<List<ReadRow>>(() =>
        {
            using (cursor)
            {
                return ReadRows.Of(cursor);
            }
        })));
    }
}
