using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Tests.Conformance;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RelabeledViewTests
{
    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    [DataRow("Weight")] // is there
    [DataRow("Other")] // is not
    public void Rows_with_several_labels_make_a_view_like_any(string weightColumn)
        => ViewConformance.Check(Make(Table.Of(Context.Data.LoadFromEnumerable(SampleRow.Make(37))), weightColumn));

    [TestMethod]
    public void Rows_whose_ids_are_not_their_own_are_told_by_their_place()
    {
        Table rows = Table.Of(Context.Data.LoadFromEnumerable(SampleRow.Make(20)));
        Table same = new(rows.Schema, [.. rows.Rows.Select(r => r with { Id = default })]);
        RelabeledView expected = Make(rows, "Other");
        RelabeledView found = Make(same, "Other");
        Assert.IsFalse(found.CanShuffle);
        Assert.HasCount(1, found.GetRowCursorSet(found.Schema, 4));
        CollectionAssert.AreEqual(expected.GetColumn<uint>("Label").ToArray(), found.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual(expected.GetColumn<int>("Number").ToArray(), found.GetColumn<int>("Number").ToArray());
    }

    // Given labels of half of the rows; of the others every fifth is left out, and soft labels come two and three a row.
    private static RelabeledView Make(Table rows, string weightColumn)
    {
        int label = rows.Schema["Label"].Index;
        Table hidden = new(rows.Schema, [.. rows.Rows.Select((r, i) => i % 2 == 0 ? r : r with { Values = [.. r.Values.Select((v, c) => c == label ? (object)0u : v)] })]);
        LabelSpreadingOptions options = new() { ExampleWeightColumnName = weightColumn };
        TrainingRows training = TrainingRows.Read(hidden, "Label");
        float[] probabilities = [.. Enumerable.Range(0, training.Count).SelectMany(i => i % 5 == 0 ? new float[3] : i % 3 == 0 ? [0.5f, 0.3f, 0.2f] : [0, 0.4f, 0.6f])];
        return new RelabeledView(training, TrainingLabels.Of(training, probabilities, _ => true, options), options);
    }
}
