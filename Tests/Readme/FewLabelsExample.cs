using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

// example: begin
internal sealed class Point
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    [KeyType(3)] // 0, 1 and 2 become the keys 1, 2 and 3; any other number is a missing label, key 0
    public uint Label { get; set; }
}
// example: end

#pragma warning disable CA1859 // types as users write them
/// <summary>The C# examples of docs/SEMI-SUPERVISED.md, line for line, so that they compile and run in a folder with the files that they name.</summary>
internal static class FewLabelsExample
{
    public static ITransformer RunOnPoints(Point[] points)
    {
        // example: begin
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(points); // labeled ones and others, in any order
        var trainers = ml.MulticlassClassification.Trainers;
        var model = ml.Transforms.NormalizeMeanVariance("Features")
            .Append(trainers.LabelSpreading(trainers.SdcaMaximumEntropy()))
            .Fit(rows);
        // example: end
        return model;
    }

    public static double Run()
    {
        // example: begin
        var ml = new MLContext(seed: 1);
        IDataView train = ml.Data.LoadFromIdx("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz");
        IDataView rows = ml.Data.KeepLabels(train, fraction: 0.01, seed: 1); // 1 % of each class keep their label; no row is left out

        var trainers = ml.MulticlassClassification.Trainers;
        var pipeline = ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", "encoder.onnx")
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .AppendCacheCheckpoint(ml) // the rows are read several times
            .Append(trainers.LabelSpreading(
                trainers.LbfgsMaximumEntropy(exampleWeightColumnName: "Weight"),
                new LabelSpreadingOptions { ExampleWeightColumnName = "Weight" }));
        ITransformer model = pipeline.Fit(rows);
        ml.Model.Save(model, rows.Schema, "classifier.zip");
        // example: end

        // example: begin
        IDataView features = model.Transform(rows); // the rows again, with the standardised features beside the pixels
        NearestNeighbors neighbors = NearestNeighbors.Find(features);
        var perceptron = trainers.LabelSpreading(
            trainers.MultilayerPerceptron(exampleWeightColumnName: "Weight"),
            new LabelSpreadingOptions { ExampleWeightColumnName = "Weight", Neighbors = neighbors },
            starter: trainers.LbfgsMaximumEntropy(exampleWeightColumnName: "Weight"));
        // example: end
        IDataView scored = model.Transform(train);
        using var second = perceptron.Fit(features);
        return Math.Min(
            ml.MulticlassClassification.Evaluate(scored).MicroAccuracy,
            ml.MulticlassClassification.Evaluate(second.Transform(scored)).MicroAccuracy);
    }
}
