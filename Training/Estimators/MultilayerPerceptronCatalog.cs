using OnnxAE.Training;

namespace Microsoft.ML;

/// <summary>Classifiers with a hidden layer, beside ML.NET's linear ones.</summary>
public static class MultilayerPerceptronCatalog
{
    /// <summary>
    /// Classifies by a network of one hidden layer (256 ReLU), trained in TorchSharp and applied through ONNX Runtime. Scale the
    /// features first. Goes inside <c>LabelSpreading</c> and <c>SelfTraining</c> like any trainer.
    /// </summary>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">A key of type UInt32; rows whose label is missing are left out.</param>
    /// <param name="featureColumnName">A vector of Single.</param>
    /// <param name="exampleWeightColumnName">How much a row counts, a Single; null where all count the same.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <example>
    /// <code>
    /// var trainers = ml.MulticlassClassification.Trainers;
    /// var pipeline = ml.Transforms.NormalizeMeanVariance("Features").Append(trainers.MultilayerPerceptron());
    /// </code>
    /// </example>
    public static MultilayerPerceptronEstimator MultilayerPerceptron(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null)
        => MultilayerPerceptron(catalog, new MultilayerPerceptronOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
        });

    /// <inheritdoc cref="MultilayerPerceptron(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, string?)"/>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static MultilayerPerceptronEstimator MultilayerPerceptron(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MultilayerPerceptronOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new MultilayerPerceptronEstimator(catalog, options);
    }
}
