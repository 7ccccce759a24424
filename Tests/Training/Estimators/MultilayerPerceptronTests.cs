using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class MultilayerPerceptronTests
{
    private const double SingleRounding = 2e-6; // of probabilities that a sum of a few products in single precision goes into

    private static readonly MLContext Context = new(seed: 1);
    private static readonly Blob[] Rings = Blob.Rings(240, seed: 1);

    private static MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers => Context.MulticlassClassification.Trainers;

    [TestMethod]
    public void It_tells_rings_apart_that_no_plane_parts()
    {
        IDataView train = View(Rings), test = View(Blob.Rings(300, seed: 2));
        using ClassifierHeadTransformer model = Trainers.MultilayerPerceptron().Fit(train);
        Assert.IsGreaterThan(0.97, Context.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);
        Assert.IsLessThan(0.6, Context.MulticlassClassification.Evaluate(Trainers.LbfgsMaximumEntropy().Fit(train).Transform(test)).MicroAccuracy);
    }

    [TestMethod]
    public void Scores_are_the_softmax_of_what_the_layers_compute_in_TorchSharp()
    {
        using ClassifierHeadTransformer model = Fit(new MultilayerPerceptronOptions { Epochs = 30 });
        using var module = model.Head.CreateModule();
        using Tensor features = tensor(Rings.SelectMany(r => r.Features).ToArray(), [Rings.Length, Blob.Size]);
        using Tensor logits = module.call(features);
        using Tensor probabilities = nn.functional.softmax(logits, 1);
        float[] expected = probabilities.detach().data<float>().ToArray();
        float[] found = [.. Scores(model, View(Rings)).SelectMany(s => s)];
        Assert.IsGreaterThan(0.9f, expected.Max(), "nothing to compare");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i], SingleRounding);
        }
    }

    [TestMethod]
    public void What_is_saved_loads_as_stock_and_predicts_keys_that_stand_for_the_labels_own_values()
    {
        IDataView named = Context.Transforms.Conversion.MapValueToKey("Label", "Name").Fit(View(Rings)).Transform(View(Rings));
        using ClassifierHeadTransformer model = Trainers.MultilayerPerceptron().Fit(named);
        using MemoryStream file = new();
        Context.Model.Save(model, named.Schema, file);
        file.Position = 0;
        IDataView found = Context.Model.Load(file, out _).Transform(named);
        IDataView expected = model.Transform(named);

        float[][] scores = [.. expected.GetColumn<float[]>("Score")];
        int row = 0;
        foreach (float[] score in found.GetColumn<float[]>("Score"))
        {
            for (int c = 0; c < score.Length; c++)
            {
                Assert.AreEqual(scores[row][c], score[c], SingleRounding);
            }

            row++;
        }

        string[] names = [.. Context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(found).Transform(found).GetColumn<string>("PredictedLabel")];
        Assert.IsGreaterThan(0.97, names.Zip(Rings, (name, ring) => name == ring.Name ? 1.0 : 0).Average());
        VBuffer<ReadOnlyMemory<char>> slots = default;
        found.Schema["Score"].GetSlotNames(ref slots);
        CollectionAssert.AreEqual(new[] { "inner", "outer", "between" }, slots.DenseValues().Select(s => s.ToString()).ToArray());
    }

    [TestMethod]
    public void Weights_of_one_row_are_its_probabilities()
    {
        Blob[] rows = [.. Enumerable.Range(0, 200).SelectMany(_ => new[] { Weighted(0, 0.7f), Weighted(1, 0.2f), Weighted(2, 0.1f) })];
        using ClassifierHeadTransformer model = Trainers
            .MultilayerPerceptron(new MultilayerPerceptronOptions { ExampleWeightColumnName = "Weight", Dropout = 0, WeightDecay = 0 }).Fit(View(rows));
        float[] score = Scores(model, View(rows[..1])).Single();
        Assert.AreEqual(0.7, score[0], 0.01);
        Assert.AreEqual(0.2, score[1], 0.01);

        static Blob Weighted(uint label, float weight) => new() { Features = [1, -1], Label = label, Weight = weight };
    }

    [TestMethod]
    public void Rows_of_equal_features_become_one_and_rows_of_no_use_none()
    {
        Blob[] rows =
        [
            new() { Features = [1, 2], Label = 0, Weight = 0.5f },
            new() { Features = [1, 2], Label = 2, Weight = 0.25f },
            new() { Features = [0, 2], Label = 3, Weight = 1 },
            new() { Features = [1, float.NaN], Label = 0, Weight = 1 },
            new() { Features = [1, 2], Label = 0, Weight = 0 },
            new() { Features = [1, 2], Label = 0, Weight = float.NaN },
            new() { Features = [3, 4], Label = 1, Weight = 2 },
        ];
        ExampleRows examples = ExampleRows.Read(View(rows), new MultilayerPerceptronOptions { ExampleWeightColumnName = "Weight" });
        Assert.AreEqual(2, examples.Count);
        CollectionAssert.AreEqual(new[] { 0.5f, 0, 0.25f }, examples.Targets(0).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 2f, 0 }, examples.Targets(1).ToArray());
        CollectionAssert.AreEqual(new[] { 3f, 4f }, examples.Features(1).ToArray());
        Assert.AreEqual(2.75, examples.TotalWeight);
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_weights()
    {
        using ClassifierHeadTransformer first = Fit(new MultilayerPerceptronOptions { Epochs = 3, Seed = 5 });
        using ClassifierHeadTransformer second = Fit(new MultilayerPerceptronOptions { Epochs = 3, Seed = 5 });
        using ClassifierHeadTransformer other = Fit(new MultilayerPerceptronOptions { Epochs = 3, Seed = 6 });
        CollectionAssert.AreEqual(first.Head.Layers[0].Weights, second.Head.Layers[0].Weights);
        CollectionAssert.AreNotEqual(first.Head.Layers[0].Weights, other.Head.Layers[0].Weights);
    }

    [TestMethod]
    public void Weight_decay_takes_its_share_of_each_weight()
    {
        // Few rows are one batch: two steps, the last of which has a rate of next to nothing. AdamW's decay is apart from the gradient.
        IDataView few = View(Rings[..12]);
        MultilayerPerceptronOptions options = new() { Epochs = 2, Dropout = 0, LearningRate = 0.01, Seed = 3 };
        float[] without = Weights(options with { WeightDecay = 0 }), with = Weights(options with { WeightDecay = 0.5 });
        manual_seed(options.Seed);
        using var first = nn.Linear(Blob.Size, options.HiddenUnits);
        float[] start = first.weight.detach().data<float>().ToArray();
        double rate = LearningRates.At(OnnxAE.Models.LearningRateSchedule.OneCycle, options.LearningRate, 0, 2);
        for (int i = 0; i < start.Length; i++)
        {
            Assert.AreEqual(-rate * 0.5 * start[i], with[i] - without[i], 1e-6);
        }

        float[] Weights(MultilayerPerceptronOptions options)
        {
            using ClassifierHeadTransformer model = Trainers.MultilayerPerceptron(options).Fit(few);
            return model.Head.Layers[0].Weights;
        }
    }

    [TestMethod]
    public void Dropout_changes_what_is_learned()
    {
        using ClassifierHeadTransformer without = Fit(new MultilayerPerceptronOptions { Epochs = 1, Dropout = 0 }), with = Fit(new MultilayerPerceptronOptions { Epochs = 1, Dropout = 0.5 });
        CollectionAssert.AreNotEqual(without.Head.Layers[0].Weights, with.Head.Layers[0].Weights);
    }

    [TestMethod]
    public void The_unit_of_the_weights_changes_nothing()
    {
        const float Unit = 1f / (1 << 20); // Adam's constants would count beside gradients so small
        MultilayerPerceptronOptions options = new() { ExampleWeightColumnName = "Weight", Epochs = 2 };
        using ClassifierHeadTransformer ones = Trainers.MultilayerPerceptron(options).Fit(View([.. Rings.Select(r => Weighing(r, 1))]));
        using ClassifierHeadTransformer small = Trainers.MultilayerPerceptron(options).Fit(View([.. Rings.Select(r => Weighing(r, Unit))]));
        for (int i = 0; i < ones.Head.Layers[0].Weights.Length; i++)
        {
            Assert.AreEqual(ones.Head.Layers[0].Weights[i], small.Head.Layers[0].Weights[i], 1e-5);
        }

        static Blob Weighing(Blob point, float weight) => new() { Features = point.Features, Label = point.Label, Weight = weight };
    }

    [TestMethod]
    public void It_goes_inside_the_trainers_for_few_labels()
    {
        Blob[] rows = Blob.Rings(240, seed: 3);
        foreach (Blob row in rows.Skip(60))
        {
            row.Label = 3;
        }

        IDataView train = View(rows), test = View(Blob.Rings(300, seed: 4));
        MultilayerPerceptronEstimator inner = Trainers.MultilayerPerceptron(exampleWeightColumnName: "Soft");
        using ClassifierHeadTransformer spread = Trainers.LabelSpreading(inner, exampleWeightColumnName: "Soft").Fit(train);
        using ClassifierHeadTransformer taught = Trainers.SelfTraining(inner, new SelfTrainingOptions { ExampleWeightColumnName = "Soft", Rounds = 2 }).Fit(train);
        Assert.IsGreaterThan(0.9, Context.MulticlassClassification.Evaluate(spread.Transform(test)).MicroAccuracy);
        Assert.IsGreaterThan(0.9, Context.MulticlassClassification.Evaluate(taught.Transform(test)).MicroAccuracy);
    }

    [TestMethod]
    public void A_temperature_makes_probabilities_more_even_and_changes_no_order()
    {
        ClassifierHead head = new([new DenseLayer([2, 0, 0, 1, -1, 0], [0.5f, 0, -0.5f])]);
        DataViewSchema.Column label = View(Rings).Schema["Label"];
        using ClassifierHeadTransformer model = head.WithTemperature(2).CreateTransformer(label, "Features", "Logits");
        float[] score = Scores(model, View([new Blob { Features = [1, 3] }])).Single();
        double[] expected = [.. new[] { 2.5, 3, -1.5 }.Select(z => Math.Exp(z / 2))];
        for (int c = 0; c < 3; c++)
        {
            Assert.AreEqual(expected[c] / expected.Sum(), score[c], SingleRounding);
        }
    }

    [TestMethod]
    [DataRow("Nothing", "Features", null, "Could not find label column 'Nothing'")]
    [DataRow("Name", "Features", null, "Schema mismatch for label column 'Name': expected Key<UInt32>, got String")]
    [DataRow("Label", "Nothing", null, "Could not find feature column 'Nothing'")]
    [DataRow("Label", "Weight", null, "Schema mismatch for feature column 'Weight': expected Vector<Single>, got Single")]
    [DataRow("Label", "Features", "Name", "Schema mismatch for weight column 'Name': expected Single, got String")]
    public void Columns_that_are_missing_or_of_other_types_are_named(string label, string features, string? weight, string message)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainers.MultilayerPerceptron(label, features, weight).Fit(View(Rings)));
        Assert.StartsWith(message, error.Message);
    }

    [TestMethod]
    public void Without_a_label_there_is_nothing_to_learn()
    {
        IDataView rows = View([new Blob { Features = [1, 2], Label = 3 }]);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.MultilayerPerceptron().Fit(rows));
        Assert.AreEqual("None of the 1 rows can be learned from: each lacks a label in 'Label', has no weight, or a number in 'Features' that is not finite.", error.Message);
    }

    [TestMethod]
    public void A_setting_out_of_its_range_is_refused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainers.MultilayerPerceptron(new MultilayerPerceptronOptions { HiddenUnits = 0 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainers.MultilayerPerceptron(new MultilayerPerceptronOptions { Dropout = 1 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainers.MultilayerPerceptron(new MultilayerPerceptronOptions { LearningRate = double.NaN }));
    }

    [TestMethod]
    public void Cancelling_ends_the_training()
    {
        using var source = new CancellationTokenSource();
        MultilayerPerceptronOptions options = new() { Epochs = 1000, CancellationToken = source.Token, Progress = new Canceller(source) };
        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options));
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value) => source.Cancel();
    }

    private static ClassifierHeadTransformer Fit(MultilayerPerceptronOptions options) => Trainers.MultilayerPerceptron(options).Fit(View(Rings));

    private static IDataView View(Blob[] rows) => Context.Data.LoadFromEnumerable(rows);

    private static float[][] Scores(ClassifierHeadTransformer model, IDataView rows) => [.. model.Transform(rows).GetColumn<float[]>("Score")];
}
