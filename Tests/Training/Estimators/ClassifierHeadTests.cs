using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ClassifierHeadTests
{
    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    [DataRow(2)]
    [DataRow(10)]
    [DataRow(200)]
    public void The_classifier_behind_the_logits_gives_their_softmax_whatever_the_number_of_classes(int classCount)
    {
        Random random = new(1);
        const int features = 3;
        const float spread = 20; // logits of a sure classifier
        ClassifierHead head = new([new DenseLayer([.. Draw(classCount * features)], [.. Draw(classCount)])]);
        Wide[] rows = [.. Enumerable.Range(0, 50).Select(_ => new Wide { Features = [.. Draw(features).Select(x => x / spread)] })];
        var schema = SchemaDefinition.Create(typeof(Wide));
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), classCount);
        IDataView view = Context.Data.LoadFromEnumerable(rows, schema);
        using ClassifierHeadTransformer model = head.CreateTransformer(view.Schema["Label"], "Features", "Logits");
        int row = 0;
        foreach (float[] score in model.Transform(view).GetColumn<float[]>("Score"))
        {
            double[] logits = [.. Enumerable.Range(0, classCount).Select(c => Logit(head.Layers[0], rows[row].Features, c))];
            double sum = logits.Sum(z => Math.Exp(z - logits.Max()));
            for (int c = 0; c < classCount; c++)
            {
                Assert.AreEqual(Math.Exp(logits[c] - logits.Max()) / sum, score[c], 1e-5);
            }

            row++;
        }

        IEnumerable<float> Draw(int count) => Enumerable.Range(0, count).Select(_ => spread * ((float)random.NextDouble() - 0.5f));
    }

    [TestMethod]
    public void A_linear_head_is_what_the_maximum_entropy_classifier_computes()
    {
        IDataView rings = Context.Data.LoadFromEnumerable(Blob.Rings(60, seed: 1));
        var stock = Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(rings);
        using ClassifierHeadTransformer model = ClassifierHead.OfLinear(stock.Model)
            .CreateTransformer(rings.Schema["Label"], "Features", "Logits");
        float[] expected = [.. stock.Transform(rings).GetColumn<float[]>("Score").SelectMany(s => s)];
        float[] found = [.. model.Transform(rings).GetColumn<float[]>("Score").SelectMany(s => s)];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i], 1e-6);
        }
    }

    private static double Logit(DenseLayer layer, float[] features, int c)
        => layer.Biases[c] + features.Select((x, i) => (double)x * layer.Weights[(c * features.Length) + i]).Sum();

    private sealed class Wide
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
