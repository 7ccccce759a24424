using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class SamplerTests : ScoringTest
{
    [TestMethod]
    public void A_rows_sample_depends_on_the_seed_and_the_row_alone()
    {
        IDataView data = Row.View(Ml, 300);
        float[][] samples = Sample(data, seed: 7);
        float[][] again = Sample(data, seed: 7, batchSize: 3);
        float[][] other = Sample(data, seed: 8);
        for (int i = 0; i < samples.Length; i++)
        {
            CollectionAssert.AreEqual(samples[i], again[i]);
            CollectionAssert.AreNotEqual(samples[i], other[i]);
        }

        IDataView shuffled = Ml.Data.ShuffleRows(data, seed: 3);
        int[] order = [.. shuffled.GetColumn<int>("Number")];
        float[][] moved = Sample(shuffled, seed: 7);
        for (int i = 0; i < order.Length; i++)
        {
            CollectionAssert.AreEqual(samples[order[i]], moved[i]);
        }
    }

    [TestMethod]
    public void Noise_is_normal_and_differs_from_row_to_row()
    {
        const int Rows = 20_000;
        float[] row = new float[3];
        double sum = 0;
        double squares = 0;
        HashSet<float> seen = [];
        for (ulong i = 0; i < Rows; i++)
        {
            RowNoise.Fill(row, seed: 1, new DataViewRowId(i, 0));
            sum += row.Sum();
            squares += row.Sum(v => v * v);
            seen.Add(row[0]);
        }

        double mean = sum / (Rows * row.Length);
        Assert.AreEqual(0, mean, 0.02);
        Assert.AreEqual(1, squares / (Rows * row.Length), 0.02);
        Assert.IsGreaterThan(Rows - 5, seen.Count);
    }

    [TestMethod]
    public void Every_part_of_a_rows_id_and_the_seed_change_its_noise()
    {
        DataViewRowId[] ids = [new(1, 0), new(1 + (1UL << 32), 0), new(1, 1), new(1, 1UL << 32)];
        Assert.HasCount(4, ids.Select(id => Draw(1, id)).Distinct());
        Assert.AreNotEqual(Draw(1, ids[0]), Draw(2, ids[0]));

        static string Draw(int seed, DataViewRowId id)
        {
            float[] row = new float[6]; // more than a block
            RowNoise.Fill(row, seed, id);
            Assert.HasCount(6, row.Distinct());
            return string.Join(' ', row);
        }
    }

    [TestMethod]
    public void A_sampler_says_that_it_cannot_be_saved()
    {
        IDataView data = Row.View(Ml, 3);
        using BatchedOnnxTransformer sampler = Ml.Transforms.ApplyOnnxSampler("Sample", "Values", Model().Save(Folder)).Fit(data);
        StringAssert.Contains(
            Assert.ThrowsExactly<NotSupportedException>(() => Ml.Model.Save(sampler, data.Schema, Folder["model.zip"])).Message, "can't be saved");
    }

    [TestMethod]
    public void A_model_without_an_input_for_noise_is_no_sampler()
        => StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(
                () => Ml.Transforms.ApplyOnnxSampler("Sample", "Values", TinyOnnx.Dense(Row.Size, 3).Save(Folder))).Message, "it is no sampler");

    [TestMethod]
    public void Noise_of_double_is_refused_before_anything_is_read()
    {
        ModelProto model = Model();
        model.Graph.Input[1].OfType(TensorProto.Types.DataType.Double);
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Ml.Transforms.ApplyOnnxSampler("Sample", "Values", model.Save(Folder))).Message,
            "The input 'eps' for noise");
    }

    private float[][] Sample(IDataView data, int seed, int batchSize = 0)
    {
        using BatchedOnnxTransformer sampler = Ml.Transforms.ApplyOnnxSampler(new OnnxSamplerOptions
        {
            OutputColumnName = "eps", // the noise's own name gives way
            InputColumnName = "Values",
            ModelFile = Model().Save(Folder),
            Seed = seed,
            BatchSize = batchSize,
        }).Fit(data);
        return [.. sampler.Transform(data).GetColumn<float[]>("eps")];
    }

    // x + eps
    private static ModelProto Model() => TinyOnnx.Model(new GraphProto
    {
        Name = "sampler",
        Input = { TinyOnnx.Value("x", true, Row.Size), TinyOnnx.Value("eps", true, Row.Size) },
        Output = { TinyOnnx.Value("y", true, Row.Size) },
        Node = { new NodeProto { OpType = "Add", Input = { "x", "eps" }, Output = { "y" } } },
    });
}
