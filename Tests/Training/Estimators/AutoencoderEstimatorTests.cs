using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class AutoencoderEstimatorTests
{
    private const int Count = 240;

    private readonly MLContext _ml = new(seed: 1);

    private static AutoencoderOptions Quick => new() { Epochs = 3, BatchSize = 32 };

    [TestMethod]
    public void TheSameSeedGivesTheSameCodesAndAnotherOthers()
    {
        IDataView data = Table();
        CollectionAssert.AreEqual(Codes(1), Codes(1));
        CollectionAssert.AreNotEqual(Codes(1), Codes(2));

        float[] Codes(int seed)
        {
            using BatchedOnnxTransformer model = _ml.Transforms.Autoencoder("Code", "Numbers", Quick with { Seed = seed, CodeSize = 3 }).Fit(data);
            return [.. model.Transform(data).GetColumn<float[]>("Code").SelectMany(code => code)];
        }
    }

    [TestMethod]
    public void AllOutputsComeFromOneModelAndTheErrorIsThatOfTheReconstruction()
    {
        IDataView data = Table();
        AutoencoderOptions options = Quick with
        {
            Output = AutoencoderOutput.Reconstruction,
            FurtherColumns = new Dictionary<AutoencoderOutput, string>
            {
                [AutoencoderOutput.Error] = "Error",
                [AutoencoderOutput.Code] = "Code",
                [AutoencoderOutput.Map] = "Map",
            },
        };
        using BatchedOnnxTransformer model = _ml.Transforms.Autoencoder("Back", "Numbers", options).Fit(data);
        IDataView scored = model.Transform(data);
        float[][] rows = Column(data, "Numbers"), back = Column(scored, "Back"), errors = Column(scored, "Error");
        Assert.AreEqual((6, 2, 1), (back[0].Length, Column(scored, "Code")[0].Length, errors[0].Length));
        Assert.IsGreaterThan(2, Column(scored, "Map")[0].Length);
        for (int i = 0; i < Count; i++)
        {
            Assert.AreEqual(rows[i].Zip(back[i], (a, b) => (a - b) * (a - b)).Average(), errors[i][0], 1e-4f * (1 + errors[i][0]));
        }
    }

    [TestMethod]
    public void NumbersAreStandardisedInsideTheModelAndComeBackInTheirOwnUnits()
    {
        IDataView data = Table(factor: 1000, shift: 5000);
        AutoencoderOptions options = Quick with
        {
            Epochs = 200,
            CodeSize = 5,
            Standardize = true,
            Output = AutoencoderOutput.Reconstruction,
            FurtherColumns = new Dictionary<AutoencoderOutput, string> { [AutoencoderOutput.Error] = "Error" },
        };
        using BatchedOnnxTransformer model = _ml.Transforms.Autoencoder("Back", "Numbers", options).Fit(data);
        float[][] rows = Column(data, "Numbers"), back = Column(model.Transform(data), "Back");
        for (int c = 0; c < 5; c++) // the last column is the same in all rows
        {
            double mean = rows.Average(row => row[c]), spread = rows.Average(row => Math.Pow(row[c] - mean, 2));
            Assert.IsLessThan(0.3 * spread, rows.Zip(back, (a, b) => Math.Pow(a[c] - b[c], 2)).Average());
        }

        Assert.IsTrue(back.All(row => Math.Abs(row[5] - 7) < 0.5)); // what never changes comes back
        Assert.IsLessThan(0.3f, Column(model.Transform(data), "Error").Average(error => error[0])); // of numbers with a variance of 1
    }

    [TestMethod]
    public void WhatIsSavedIsStockMLNetAndGivesTheSame()
    {
        using TemporaryFolder folder = new();
        IDataView data = Table();
        var pipeline = _ml.Transforms.NormalizeMeanVariance("Numbers").Append(_ml.Transforms.Autoencoder("Features", "Numbers", Quick with { Standardize = true }));
        using var model = pipeline.Fit(data);
        _ml.Model.Save(model, data.Schema, folder["model.zip"]);
        float[][] expected = Column(model.Transform(data), "Features"), found = Column(new MLContext().Model.Load(folder["model.zip"], out _).Transform(data), "Features");
        for (int i = 0; i < Count; i++)
        {
            CollectionAssert.AreEqual(expected[i], found[i], new Near(1e-5f));
        }
    }

    [TestMethod]
    public void ItWorksInCrossValidationBehindACacheCheckpoint()
    {
        IDataView data = Table();
        var pipeline = _ml.Transforms.NormalizeMeanVariance("Numbers")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.Autoencoder("Features", "Numbers", Quick with { CodeSize = 4 }))
            .Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression());
        var folds = _ml.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 3);
        Assert.HasCount(3, folds);
        Assert.IsGreaterThan(0.7, folds.Average(fold => fold.Metrics.Accuracy)); // the label is the sign of a direction that all columns show
    }

    [TestMethod]
    public void PicturesTakeTheirShapeFromTheColumnAndTrainAsBytesOrNumbers()
    {
        RowSet pictures = Colours(40);
        IDataView numbers = _ml.Data.LoadFromRows(pictures);
        using BatchedOnnxTransformer model = _ml.Transforms.Autoencoder("Code", "Pixels", Quick with { Architecture = "conv", CodeSize = 7 }).Fit(numbers);
        float[][] codes = Column(model.Transform(numbers), "Code");
        Assert.AreEqual(7, codes[0].Length);

        IDataView bytes = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 40).Select(i => new ByteRow { Pixels = pictures.GetBytes(i).ToArray() }), ByteRow.Schema(3 * 9 * 12));
        using BatchedOnnxTransformer ofBytes = _ml.Transforms.Autoencoder(
            "Code", "Pixels", Quick with { Architecture = "conv", CodeSize = 7, Shape = [3, 9, 12] }).Fit(bytes);
        CollectionAssert.AreEqual(codes[3], Column(ofBytes.Transform(bytes), "Code")[3], new Near(1e-4f));

        // Pixels that nobody scaled: the model does it, and gives reconstructions as they came.
        IDataView unscaled = _ml.Data.LoadFromRows(
            new RowSet(Enumerable.Range(0, 40).SelectMany(i => pictures.GetBytes(i).ToArray().Select(b => (float)b)).ToArray(), [3, 9, 12]));
        AutoencoderOptions options = Quick with { Architecture = "conv", CodeSize = 7, White = 255, FurtherColumns = new Dictionary<AutoencoderOutput, string> { [AutoencoderOutput.Reconstruction] = "Back" } };
        using BatchedOnnxTransformer ofUnscaled = _ml.Transforms.Autoencoder("Code", "Pixels", options).Fit(unscaled);
        CollectionAssert.AreEqual(codes[3], Column(ofUnscaled.Transform(unscaled), "Code")[3], new Near(1e-3f));
        Assert.IsGreaterThan(10f, Column(ofUnscaled.Transform(unscaled), "Back").Max(row => row.Max()));
        Assert.Contains(
            "set White to 255",
            Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Transforms.Autoencoder("Code", "Pixels", Quick).Fit(unscaled)).Message);
    }

    [TestMethod]
    public void ANetworkOfOnesOwnIsMadeForTheShape()
    {
        IDataView data = Table();
        IReadOnlyList<int>? seen = null;
        AutoencoderOptions options = Quick with
        {
            Network = shape =>
            {
                seen = shape;
                return new LayeredAutoencoder(Sequential(("a", Linear(6, 2)), ("b", Tanh())), Linear(2, 6), inputSize: 6, codeSize: 2);
            },
        };
        using BatchedOnnxTransformer model = _ml.Transforms.Autoencoder("Code", "Numbers", options).Fit(data);
        CollectionAssert.AreEqual(new[] { 6 }, seen!.ToArray());
        Assert.IsTrue(Column(model.Transform(data), "Code").All(code => code.Length == 2 && code.All(v => Math.Abs(v) <= 1)));
    }

    [TestMethod]
    public void RowsHeldBackEndTheTrainingAndTheLogHearsOfEveryEpoch()
    {
        MLContext ml = new(seed: 1);
        List<string> log = [];
        ml.Log += (_, message) =>
        {
            if (message is { Source: ContextLog.Source, Kind: ChannelMessageKind.Info })
            {
                log.Add(message.RawMessage);
            }
        };
        IDataView data = Table();
        ml.Transforms.Autoencoder("Code", "Numbers", Quick with { Epochs = 50, LearningRate = 0.2, Patience = 2 }).Fit(data).Dispose();
        Assert.IsTrue(log.Count is > 2 and < 50, $"{log.Count}: {string.Join('\n', log)}");
        Assert.IsTrue(log.All(line => line.StartsWith("Epoch ", StringComparison.Ordinal) && line.Contains("held back", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheTokenEndsTheTraining()
    {
        using CancellationTokenSource source = new();
        AutoencoderOptions options = Quick with { Epochs = 1000, CancellationToken = source.Token, Progress = new Stop(source) };
        Assert.ThrowsExactly<OperationCanceledException>(() => _ml.Transforms.Autoencoder("Code", "Numbers", options).Fit(Table()));
    }

    [TestMethod]
    public void AWrongSchemaShowsBeforeARowIsRead()
    {
        IDataView data = Table();
        Refused("Could not find input column 'Nothing'", "Nothing");
        Refused("expected Vector<Single>, got Boolean", "Label");
        ArgumentException clash = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Transforms.Autoencoder(
            "Code", "Numbers", Quick with { FurtherColumns = new Dictionary<AutoencoderOutput, string> { [AutoencoderOutput.Error] = "Code" } }));
        Assert.Contains("a name of its own", clash.Message);
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.Autoencoder("Code", "Numbers", Quick with { Loss = "nothing" }));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.Autoencoder("Code", "Numbers", Quick with { Architecture = "conv" }).Fit(data));

        void Refused(string expected, string column)
        {
            AutoencoderEstimator estimator = _ml.Transforms.Autoencoder("Code", column, Quick);
            Assert.Contains(expected, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(SchemaShapes.Of(data.Schema))).Message);
            Assert.Contains(expected, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message);
        }
    }

    [TestMethod]
    public void RowsWithoutFiniteNumbersAreLeftOut()
    {
        Row[] rows = [.. Rows(1, 0)];
        rows[5].Numbers[2] = float.NaN;
        rows[6].Numbers[0] = float.PositiveInfinity;
        IDataView data = _ml.Data.LoadFromEnumerable(rows), clean = _ml.Data.LoadFromEnumerable(rows.Where((_, i) => i is not (5 or 6)));
        using BatchedOnnxTransformer some = _ml.Transforms.Autoencoder("Code", "Numbers", Quick).Fit(data);
        using BatchedOnnxTransformer all = _ml.Transforms.Autoencoder("Code", "Numbers", Quick).Fit(clean);
        CollectionAssert.AreEqual(Column(all.Transform(clean), "Code")[0], Column(some.Transform(clean), "Code")[0]);
        Assert.Contains("expected 2 at least", Assert.ThrowsExactly<InvalidOperationException>(
            () => _ml.Transforms.Autoencoder("Code", "Numbers", Quick).Fit(_ml.Data.LoadFromEnumerable(rows[..1]))).Message);
    }

    private IDataView Table(float factor = 1, float shift = 0) => _ml.Data.LoadFromEnumerable(Rows(factor, shift));

    // Five columns that two hidden numbers make, and one that is always 7; the label is the sign of the first hidden number.
    private static IEnumerable<Row> Rows(float factor, float shift)
    {
        var random = new Random(3);
        for (int i = 0; i < Count; i++)
        {
            float a = (float)((random.NextDouble() * 4) - 2), b = (float)((random.NextDouble() * 4) - 2);
            yield return new Row
            {
                Numbers = [(a * factor) + shift, (b * factor) - shift, (a + b) * factor, (a - b) * factor, 2 * a * factor, 7],
                Label = a > 0,
            };
        }
    }

    private static RowSet Colours(int count)
    {
        var random = new Random(4);
        byte[] pixels = new byte[count * 3 * 9 * 12];
        random.NextBytes(pixels);
        return new RowSet(pixels, [3, 9, 12]);
    }

    private static float[][] Column(IDataView view, string name) => [.. view.GetColumn<float[]>(name)];

    private sealed class Row
    {
        [VectorType(6)]
        public float[] Numbers { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class ByteRow
    {
        public byte[] Pixels { get; set; } = [];

        public static SchemaDefinition Schema(int size)
        {
            SchemaDefinition schema = SchemaDefinition.Create(typeof(ByteRow));
            schema[nameof(Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Byte, size);
            return schema;
        }
    }

    private sealed class Near(float tolerance) : System.Collections.IComparer
    {
        public int Compare(object? x, object? y) => Math.Abs((float)x! - (float)y!) <= tolerance ? 0 : 1;
    }

    private sealed class Stop(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => source.Cancel();
    }
}
