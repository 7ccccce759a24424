using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

/// <summary>The C# examples of README.md, line for line, so that they compile and run.</summary>
internal static class Example
{
    public static double Run(string data)
    {
        // example: begin
        // Train an autoencoder on images without labels, and export it to ONNX.
        RowSet images = RowSet.Load($"{data}/train-images-idx3-ubyte.gz");
        using Autoencoder network = ModelCatalog.Get("dense-30").Create(seed: 1);
        new AutoencoderTrainer(new TrainingOptions { Epochs = 2, BatchSize = 64 }).Fit(network, images);
        AutoencoderExport.Write(network, "dense-30", "."); // encoder.onnx, decoder.onnx, autoencoder.onnx, ...
        // example: end

        // example: begin
        // Use the encoder in ML.NET: a classifier from 1 % of the labels.
        var ml = new MLContext(seed: 1);
        IDataView train = ml.Data.LoadFromIdx($"{data}/train-images-idx3-ubyte.gz", $"{data}/train-labels-idx1-ubyte.gz");
        IDataView test = ml.Data.LoadFromIdx($"{data}/t10k-images-idx3-ubyte.gz", $"{data}/t10k-labels-idx1-ubyte.gz");
        var (labeled, _) = ml.Data.TakeLabeledSlice(train, fraction: 0.01, seed: 1); // the same share of every class

        var pipeline = ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", "encoder.onnx")
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        ITransformer model = pipeline.Fit(labeled);

        ml.Model.Save(model, labeled.Schema, "classifier.zip"); // loads in any ML.NET program, without this library
        ITransformer loaded = ml.Model.LoadWithBatchedOnnx("classifier.zip", out _); // with it: still in batches

        var metrics = ml.MulticlassClassification.Evaluate(loaded.Transform(test));
        Console.WriteLine($"accuracy from 1 % of the labels: {metrics.MicroAccuracy:P1}");
        // example: end

        // example: begin
        // Reconstruct images. The error of a row is its anomaly score.
        var autoencoder = ml.Transforms.ApplyOnnxAutoencoder("Reconstruction", "Pixels", "autoencoder.onnx", "Error");
        IDataView scored = autoencoder.Fit(test).Transform(test);
        // example: end
        float[] errors = [.. scored.GetColumn<float[]>("Error").Select(error => error.Single())];
        return errors.All(error => error > 0) ? metrics.MicroAccuracy : 0;
    }

    public static ITransformer RunOnTable()
    {
        var ml = new MLContext(seed: 1);
        // example: begin
        // Train inside a pipeline, on any column of numbers and without labels. What is saved is a stock ML.NET model.
        IDataView table = ml.Data.LoadFromTextFile("table.csv", [new("Numbers", DataKind.Single, 0, 7)], separatorChar: ',', hasHeader: true);
        var trained = ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false)
            .Append(ml.Transforms.Autoencoder("Code", "Numbers", new AutoencoderOptions
            {
                CodeSize = 3,
                Patience = 5, // a tenth of the rows is held back to choose the best epoch
                FurtherColumns = new Dictionary<AutoencoderOutput, string> { [AutoencoderOutput.Error] = "Error" },
            }))
            .Fit(table);
        ml.Model.Save(trained, table.Schema, "autoencoder.zip"); // loads in any ML.NET program, without this library
        // example: end
        return trained;
    }
}
