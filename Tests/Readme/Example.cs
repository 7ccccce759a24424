using Microsoft.ML;

namespace OnnxAE.Tests.Readme;

/// <summary>The C# example of README.md, line for line, so that it compiles and runs.</summary>
internal static class Example
{
    public static double Run(string[] args)
    {
        // example: begin
        string data = args[0], encoder = args[1]; // a folder of IDX files; features.onnx or encoder.onnx of a run

        var ml = new MLContext(seed: 1);
        IDataView train = ml.Data.LoadFromIdx($"{data}/train-images-idx3-ubyte.gz", $"{data}/train-labels-idx1-ubyte.gz");
        IDataView test = ml.Data.LoadFromIdx($"{data}/t10k-images-idx3-ubyte.gz", $"{data}/t10k-labels-idx1-ubyte.gz");
        var (labeled, _) = ml.Data.TakeLabeledSlice(train, fraction: 0.01, seed: 1); // the same share of every class

        var pipeline = ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", encoder)
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        ITransformer model = pipeline.Fit(labeled);

        ml.Model.Save(model, labeled.Schema, "classifier.zip"); // loads in any ML.NET program, without this library
        ITransformer loaded = ml.Model.LoadWithBatchedOnnx("classifier.zip", out _); // with it: still batched

        var metrics = ml.MulticlassClassification.Evaluate(loaded.Transform(test));
        Console.WriteLine($"accuracy from 1 % of the labels: {metrics.MicroAccuracy:P1}");
        // example: end
        return metrics.MicroAccuracy;
    }
}
