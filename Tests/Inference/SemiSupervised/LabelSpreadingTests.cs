using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LabelSpreadingTests
{
    private const int Labeled = 4;

    private static readonly MLContext Context = new(seed: 1);
    private static readonly IDataView Train = Context.Data.LoadFromEnumerable(Moons.Make(400, seed: 1, Labeled));
    private static readonly IDataView Test = Context.Data.LoadFromEnumerable(Moons.Make(400, seed: 2, labeled: 0));

    private static MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers => Context.MulticlassClassification.Trainers;

    [TestMethod]
    [DataRow(LabelSpreadingMethod.Spreading, PseudoLabelKind.Hard, 0.97)]
    [DataRow(LabelSpreadingMethod.Spreading, PseudoLabelKind.Weighted, 0.97)]
    [DataRow(LabelSpreadingMethod.Spreading, PseudoLabelKind.Soft, 0.97)]
    public void Four_labels_on_two_moons_are_enough_with_the_graph_and_not_without(LabelSpreadingMethod method, PseudoLabelKind kind, double accuracy)
    {
        double alone = Moons.Accuracy(Inner().Fit(Context.Data.KeepLabels(Train, 1)), Test);
        double spread = Moons.Accuracy(
            Trainers.LabelSpreading(Inner("Weight"), new LabelSpreadingOptions { Method = method, PseudoLabels = kind, ExampleWeightColumnName = "Weight" }).Fit(Train), Test);
        Assert.IsLessThan(0.85, alone);
        Assert.IsGreaterThanOrEqualTo(accuracy, spread);
    }

    [TestMethod]
    public void Another_trainer_learns_the_spread_labels_too()
    {
        SdcaMaximumEntropyMulticlassTrainer inner = Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { ExampleWeightColumnName = "Weight", NumberOfThreads = 1 }); // more of them race
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> model = Trainers.LabelSpreading(
            inner, new LabelSpreadingOptions { Method = LabelSpreadingMethod.Spreading, ExampleWeightColumnName = "Weight" }).Fit(Train);
        Assert.IsGreaterThanOrEqualTo(0.95, Moons.Accuracy(model, Test));
    }

    [TestMethod]
    public void Rows_that_are_not_trained_on_are_in_the_graph_alone()
    {
        Moons[] rows = Numbered(100, Labeled);
        LabelSpreadingOptions options = new() { ExampleWeightColumnName = "Weight" };
        var all = Record(options, Context.Data.LoadFromEnumerable(rows));
        var some = Record(options with { IsTrainedOn = row => row % 7 != 0 }, Context.Data.LoadFromEnumerable(rows));
        CollectionAssert.AreEqual(all.Where(l => l.Id < Labeled || l.Id % 7 != 0).ToArray(), some);
        Assert.IsLessThan(all.Count, some.Count);
    }

    [TestMethod]
    public void What_the_first_fit_made_is_disposed_unless_the_last_one_is_the_same()
    {
        DisposableTrainer fresh = new(Inner("Weight")), shared = new(Inner("Weight"), isShared: true);
        LabelSpreadingOptions options = new() { ExampleWeightColumnName = "Weight" };
        Trainers.LabelSpreading(fresh, options).Fit(Train);
        Trainers.LabelSpreading(shared, options).Fit(Train);
        CollectionAssert.AreEqual(new[] { true, false }, fresh.Made.Select(made => made.IsDisposed).ToArray());
        Assert.IsFalse(shared.Made.Single().IsDisposed);

        DisposableTrainer inner = new(Inner("Weight")), starter = new(Inner("Weight"));
        Trainers.LabelSpreading(inner, options, starter).Fit(Train);
        Assert.IsTrue(starter.Made.Single().IsDisposed);
        Assert.IsFalse(inner.Made.Single().IsDisposed);
    }

    [TestMethod]
    public void What_is_returned_is_the_inner_trainers_transformer_and_is_saved_as_stock()
    {
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> model
            = Trainers.LabelSpreading(Inner("Weight"), exampleWeightColumnName: "Weight").Fit(Train);
        using MemoryStream file = new();
        Context.Model.Save(model, Train.Schema, file);
        file.Position = 0;
        ITransformer loaded = Context.Model.Load(file, out _);
        float[][] expected = [.. model.Transform(Test).GetColumn<float[]>("Score")];
        float[][] found = [.. loaded.Transform(Test).GetColumn<float[]>("Score")];
        for (int i = 0; i < expected.Length; i++)
        {
            CollectionAssert.AreEqual(expected[i], found[i]);
        }
    }

    [TestMethod]
    [DataRow(LabelSpreadingMethod.Smoothing)]
    [DataRow(LabelSpreadingMethod.Spreading)]
    public void The_number_of_threads_changes_no_label(LabelSpreadingMethod method)
    {
        var first = Record(new LabelSpreadingOptions { Method = method, ExampleWeightColumnName = "Weight", NumberOfThreads = 1 }, Train);
        var second = Record(new LabelSpreadingOptions { Method = method, ExampleWeightColumnName = "Weight", NumberOfThreads = 8 }, Train);
        CollectionAssert.AreEqual(first, second);
    }

    [TestMethod]
    public void Given_labels_stay_and_soft_labels_of_a_row_weigh_as_much_as_one_label()
    {
        Moons[] rows = Numbered(120, Labeled);
        var labels = Record(new LabelSpreadingOptions { ExampleWeightColumnName = "Weight", PseudoLabelWeight = 0.5f }, Context.Data.LoadFromEnumerable(rows));
        Assert.AreEqual(rows.Length, labels.Select(l => l.Id).Distinct().Count());
        foreach (var row in labels.GroupBy(l => l.Id))
        {
            if (row.Key < Labeled)
            {
                Assert.AreEqual((row.Key, rows[row.Key].Label + 1, 1f), row.Single());
            }
            else
            {
                Assert.AreEqual(0.5, row.Sum(l => l.Weight), 1e-5);
            }
        }

        Assert.IsGreaterThan(rows.Length, labels.Count, "no label is soft");
    }

    [TestMethod]
    public void The_power_of_the_cosine_changes_what_spreads()
    {
        LabelSpreadingOptions options = new() { ExampleWeightColumnName = "Weight", SimilarityPower = 1 };
        CollectionAssert.AreNotEqual(Record(options, Train), Record(options with { SimilarityPower = 9 }, Train));
    }

    [TestMethod]
    public void Smoothing_starts_from_the_first_fits_probabilities_and_from_certainty_where_a_label_is_given()
    {
        IDataView view = Context.Data.LoadFromEnumerable(Numbered(60, Labeled));
        LabelSpreadingOptions options = new() { ExampleWeightColumnName = "Weight", Rounds = 2, SmallestSoftLabel = 0 };
        FeatureRows features = new FeatureRows(view.Schema["Features"]);
        TrainingRows rows = TrainingRows.Read(view, "Label", features);
        float[] start = [.. Inner().Fit(view).Transform(view).GetColumn<float[]>("Score").SelectMany(
            (score, row) => rows.Labels[row] switch { 1 => new[] { 1f, 0 }, 2 => [0, 1f], _ => score })];
        NeighborGraph graph = NeighborGraph.Of(NeighborSearch.Find(features.Packed, options.NeighborCount, new ParallelOptions()), options.SimilarityPower);
        float[] expected = LabelPropagation.Run(graph, start, rows, options);

        foreach ((uint id, uint label, float weight) in Record(options, view).Where(l => l.Id >= Labeled))
        {
            Assert.AreEqual(expected[(id * 2) + label - 1], weight, 1e-4);
        }
    }

    [TestMethod]
    public void Neighbors_that_are_known_give_the_labels_that_a_search_gives()
    {
        LabelSpreadingOptions options = new() { ExampleWeightColumnName = "Weight", NeighborCount = 7 };
        NearestNeighbors neighbors = NearestNeighbors.Find(Train, neighborCount: 7);
        CollectionAssert.AreEqual(Record(options, Train), Record(options with { Neighbors = neighbors }, Train));
    }

    [TestMethod]
    public void Neighbors_of_other_rows_or_of_another_number_are_refused()
    {
        NearestNeighbors neighbors = NearestNeighbors.Find(Context.Data.TakeRows(Train, 50));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.LabelSpreading(Inner(), new LabelSpreadingOptions { Neighbors = neighbors }).Fit(Train)).Message,
            "those of 50 rows, but there are 400");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => Trainers.LabelSpreading(Inner(), new LabelSpreadingOptions { Neighbors = neighbors, NeighborCount = 5 }));
    }

    [TestMethod]
    public void Smoothing_starts_from_the_starter_and_the_inner_trainer_learns_the_labels()
    {
        RecordingTrainer inner = new(Inner("Weight"), "Weight"), starter = new(Inner("Weight"), "Weight");
        Trainers.LabelSpreading(inner, new LabelSpreadingOptions { ExampleWeightColumnName = "Weight" }, starter).Fit(Train);
        Assert.HasCount(Labeled, starter.Fits.Single());
        Assert.IsGreaterThanOrEqualTo(400, inner.Fits.Single().Count);
    }

    [TestMethod]
    public void Without_example_weights_every_row_comes_once()
    {
        Moons[] rows = Numbered(50, Labeled);
        RecordingTrainer inner = new(Inner(), weightColumn: null);
        Trainers.LabelSpreading(inner).Fit(Context.Data.LoadFromEnumerable(rows));
        CollectionAssert.AreEqual(rows.Select(r => r.Truth).ToArray(), inner.Fits[^1].Select(l => l.Id).ToArray());
        Assert.IsTrue(inner.Fits[^1].All(l => l.Label is 1 or 2));
        CollectionAssert.AreEqual(rows.Take(Labeled).Select(r => r.Truth).ToArray(), inner.Fits[0].Select(l => l.Id).ToArray(), "rows of the first fit");
    }

    [TestMethod]
    public void Weights_of_the_data_multiply_those_of_the_labels()
    {
        IDataView rows = Context.Data.LoadFromEnumerable(Numbered(40, Labeled).Select(r => new WeightedMoons
        {
            Features = r.Features,
            Label = r.Label,
            Truth = r.Truth,
            Weight = r.Truth + 1,
        }).ToArray());
        var labels = Record(new LabelSpreadingOptions { ExampleWeightColumnName = "Weight", PseudoLabels = PseudoLabelKind.Hard, PseudoLabelWeight = 0.25f }, rows);
        foreach ((uint id, _, float weight) in labels)
        {
            Assert.AreEqual((id + 1) * (id < Labeled ? 1 : 0.25f), weight);
        }
    }

    [TestMethod]
    public void Too_many_rows_are_drawn_by_the_seed()
    {
        IDataView rows = Context.Data.LoadFromEnumerable(Numbered(100, Labeled));
        uint[] Draw(int seed) => [.. Record(new LabelSpreadingOptions { ExampleWeightColumnName = "Weight", PseudoLabels = PseudoLabelKind.Hard, MaximumPseudoLabeledRows = 30, Seed = seed }, rows)
            .Select(l => l.Id)];
        Assert.HasCount(30 + Labeled, Draw(1));
        CollectionAssert.AreEqual(Draw(1), Draw(1));
        CollectionAssert.AreNotEqual(Draw(1), Draw(2));
    }

    [TestMethod]
    public void Rows_that_nothing_reaches_are_left_out()
    {
        Moons[] rows = Numbered(60, Labeled);
        rows[20].Features = new float[Moons.Dimension];
        rows[30].Features = [float.NaN, .. rows[30].Features[1..]];
        var labels = Record(new LabelSpreadingOptions { Method = LabelSpreadingMethod.Spreading, ExampleWeightColumnName = "Weight" }, Context.Data.LoadFromEnumerable(rows));
        CollectionAssert.AreEquivalent(rows.Select(r => r.Truth).Where(id => id is not 20 and not 30).ToArray(), labels.Select(l => l.Id).Distinct().ToArray());
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 1)]
    [DataRow(3, 2)]
    [DataRow(6, 6)]
    public void Few_rows_one_class_or_no_row_to_label_are_no_matter(int count, int labeled)
    {
        IDataView rows = Context.Data.LoadFromEnumerable(Numbered(count, labeled));
        foreach (LabelSpreadingMethod method in Enum.GetValues<LabelSpreadingMethod>())
        {
            var labels = Record(new LabelSpreadingOptions { Method = method, ExampleWeightColumnName = "Weight", PseudoLabels = PseudoLabelKind.Hard }, rows);
            Assert.IsGreaterThanOrEqualTo(labeled, labels.Count);
        }
    }

    [TestMethod]
    public void A_row_is_predicted_the_same_alone_and_among_others()
    {
        var model = Trainers.LabelSpreading(Inner()).Fit(Train);
        float[][] together = [.. model.Transform(Test).GetColumn<float[]>("Score")];
        float[] alone = model.Transform(Context.Data.TakeRows(Test, 1)).GetColumn<float[]>("Score").Single();
        CollectionAssert.AreEqual(together[0], alone);
    }

    [TestMethod]
    public void Features_of_other_numbers_make_the_same_graph()
    {
        Moons[] rows = Numbered(60, Labeled);
        foreach (Moons row in rows)
        {
            row.Features = [.. row.Features.Select(f => MathF.Round(100 * f))];
        }

        IDataView view = Context.Data.LoadFromEnumerable(rows.Select(r => new TypedMoons
        {
            Features = r.Features,
            Label = r.Label,
            Truth = r.Truth,
            Doubles = [.. r.Features.Select(f => (double)f)],
            Integers = [.. r.Features.Select(f => (short)f)],
        }).ToArray());
        var expected = Record(Options("Features"), view);
        CollectionAssert.AreEqual(expected, Record(Options("Doubles"), view));
        CollectionAssert.AreEqual(expected, Record(Options("Integers"), view));

        static LabelSpreadingOptions Options(string column) => new() { FeatureColumnName = column, ExampleWeightColumnName = "Weight" };
    }

    [TestMethod]
    public void Progress_goes_through_the_stages_and_ends()
    {
        RecordingProgress progress = new();
        Trainers.LabelSpreading(Inner(), new LabelSpreadingOptions { Progress = progress, NumberOfThreads = 1 }).Fit(Train);
        SemiSupervisedStage[] stages = [.. progress.Reports.Select(r => r.Stage)];
        CollectionAssert.AreEqual(stages.Order().ToArray(), stages);
        CollectionAssert.AreEquivalent(Enum.GetValues<SemiSupervisedStage>(), stages.Distinct().ToArray());
        foreach (var stage in progress.Reports.GroupBy(r => r.Stage))
        {
            Assert.AreEqual(1, stage.Last().Fraction, 1e-9, $"{stage.Key}");
        }
    }

    [TestMethod]
    public void Without_a_label_there_is_nothing_to_spread()
    {
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.LabelSpreading(Inner()).Fit(Test));
        Assert.AreEqual("None of the 400 rows has a label in column 'Label': semi-supervised training needs one of every class at least.", error.Message);
    }

    [TestMethod]
    [DataRow("Nothing", "Features", "Could not find label column 'Nothing'")]
    [DataRow("Truth", "Features", "Schema mismatch for label column 'Truth': expected Key<UInt32>, got UInt32")]
    [DataRow("Label", "Nothing", "Could not find feature column 'Nothing'")]
    [DataRow("Label", "Truth", "Schema mismatch for feature column 'Truth': expected Vector of numbers, got UInt32")]
    public void Columns_that_are_missing_or_of_other_types_are_named(string label, string features, string message)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => Trainers.LabelSpreading(Inner(), labelColumnName: label, featureColumnName: features).Fit(Train));
        Assert.StartsWith(message, error.Message);
    }

    [TestMethod]
    public void Weights_of_another_type_and_trainers_without_scores_are_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainers.LabelSpreading(Inner(), exampleWeightColumnName: "Truth").Fit(Train));
        Assert.StartsWith("Schema mismatch for weight column 'Truth': expected Single, got UInt32", error.Message);
        error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainers.LabelSpreading(Context.Transforms.CopyColumns("Copy", "Features")).Fit(Train));
        Assert.StartsWith("Could not find score column 'Score'", error.Message);
    }

    [TestMethod]
    public void Options_out_of_range_are_refused_when_the_trainer_is_made()
    {
        LabelSpreadingOptions[] invalid =
        [
            new() { NeighborCount = 0 }, new() { Alpha = 1 }, new() { Alpha = -0.1f }, new() { Rounds = 0 }, new() { SimilarityPower = float.NaN },
            new() { Method = (LabelSpreadingMethod)9 }, new() { PseudoLabels = (PseudoLabelKind)9 }, new() { NumberOfThreads = 0 },
            new() { MaximumPseudoLabeledRows = -1 }, new() { SmallestSoftLabel = 0.6f }, new() { ExampleWeightColumnName = "w", PseudoLabelWeight = 0 },
            new() { LabelColumnName = "" }, new() { PseudoLabels = PseudoLabelKind.Soft }, new() { PseudoLabelWeight = 0.5f },
        ];
        foreach (LabelSpreadingOptions options in invalid)
        {
            Assert.Throws<ArgumentException>(() => Trainers.LabelSpreading(Inner(), options), options.ToString());
        }
    }

    private static LbfgsMaximumEntropyMulticlassTrainer Inner(string? weight = null)
        => Trainers.LbfgsMaximumEntropy(exampleWeightColumnName: weight, l1Regularization: 0, l2Regularization: 0.01f);

    private static List<(uint Id, uint Label, float Weight)> Record(LabelSpreadingOptions options, IDataView rows)
    {
        RecordingTrainer inner = new(Inner("Weight"));
        Trainers.LabelSpreading(inner, options).Fit(rows);
        return inner.Fits[^1];
    }

    // The truth is a number of the row's own.
    private static Moons[] Numbered(int count, int labeled)
    {
        Moons[] rows = Moons.Make(count, seed: 3, labeled);
        for (uint i = 0; i < rows.Length; i++)
        {
            rows[i].Truth = i;
        }

        return rows;
    }

    private sealed class WeightedMoons
    {
        [VectorType(Moons.Dimension)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }

        public uint Truth { get; set; }

        public float Weight { get; set; }
    }

    private sealed class TypedMoons
    {
        [VectorType(Moons.Dimension)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }

        public uint Truth { get; set; }

        [VectorType(Moons.Dimension)]
        public double[] Doubles { get; set; } = [];

        [VectorType(Moons.Dimension)]
        public short[] Integers { get; set; } = [];
    }

    private sealed class RecordingProgress : IProgress<SemiSupervisedProgress>
    {
        public List<SemiSupervisedProgress> Reports { get; } = [];

        public void Report(SemiSupervisedProgress value) => Reports.Add(value);
    }
}
