using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Tests.Conformance;

[TestClass]
public sealed class ViewConformanceTests
{
    private const int RowCount = 37;
    private const int ImageCount = 150; // more than two of the batches that the cursors of a set take

    private static readonly MLContext Context = new(seed: 1);

    private static readonly Dictionary<string, Func<int, IDataView>> Makers = new()
    {
        ["images with labels"] = count => Images(count, hasLabels: true),
        ["images without labels"] = count => Images(count, hasLabels: false),
        ["the labeled slice of images"] = count => Slice(Images(count, hasLabels: true)).Labeled,
        ["the unlabeled rest of images"] = count => Slice(Images(count, hasLabels: true)).Unlabeled,
        ["the labeled slice of rows"] = count => Slice(Rows(count)).Labeled,
        ["the unlabeled rest of rows"] = count => Slice(Rows(count)).Unlabeled,
        ["rows with most labels hidden"] = count => Context.Data.KeepLabels(Rows(count), fraction: 0.4),
        ["a cached slice"] = count => Context.Data.Cache(Slice(Rows(count)).Labeled),
        ["the kit's own table"] = Rows,
    };

    public static IEnumerable<object[]> EveryAspect
        => from view in Makers.Keys
           from aspect in ViewConformance.Aspects
           select new object[] { view, aspect.GetType().Name };

    [TestMethod]
    [DynamicData(nameof(EveryAspect))]
    public void Views_do_what_ML_NET_expects(string view, string aspect)
    {
        foreach (int count in new[] { ImageCount, 1, 0 })
        {
            ViewConformance.Aspects.Single(a => a.GetType().Name == aspect).Check(Makers[view](count));
        }
    }

    private static Table Rows(int count) => Table.Of(Context.Data.LoadFromEnumerable(SampleRow.Make(Math.Min(count, RowCount))));

    private static IDataView Images(int count, bool hasLabels)
    {
        byte[] pixels = new byte[4 * count];
        new Random(3).NextBytes(pixels);
        int[] labels = [.. Enumerable.Range(0, hasLabels ? count : 0).Select(i => i % 3)];
        return Context.Data.LoadFromRows(new RowSet(pixels, [1, 2, 2], labels));
    }

    private static (IDataView Labeled, IDataView Unlabeled) Slice(IDataView view)
        => view.Schema.GetColumnOrNull("Label") is null ? (view, view) : Context.Data.TakeLabeledSlice(view, fraction: 0.4);
}
