using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>A shuffled cursor gives the same rows with the same identities, in an order that the seed tells; a view that can't shuffle doesn't.</summary>
internal sealed class ShuffledCursors : IViewAspect
{
    private const int Seed = 7;
    private const int EnoughRows = 10; // their own order is as good as never the shuffled one

    public void Check(IDataView view)
    {
        List<ReadRow> expected = ReadRows.Of(view);
        List<ReadRow> shuffled = ReadRows.Of(view, new Random(Seed));
        ReadRows.AssertSame(view.Schema, shuffled, ReadRows.Of(view, new Random(Seed)), "shuffled again with the same seed");
        if (!view.CanShuffle)
        {
            ReadRows.AssertSame(view.Schema, expected, shuffled, "shuffled where the view can't");
            return;
        }

        ReadRows.AssertSameInAnyOrder(view.Schema, expected, shuffled, "shuffled");
        if (expected.Count >= EnoughRows)
        {
            CollectionAssert.AreNotEqual(expected.Select(r => r.Id).ToArray(), shuffled.Select(r => r.Id).ToArray(), "shuffling left the order as it was");
        }
    }
}
