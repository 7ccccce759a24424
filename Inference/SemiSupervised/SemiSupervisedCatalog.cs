using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>
/// Training with few labels: estimators around any trainer of multiclass models, which make labels for the rows that have
/// none and train on all. What they return is the inner trainer's own transformer: it is saved, loaded and converted like any.
/// </summary>
public static class SemiSupervisedCatalog
{
    /// <summary>
    /// Labels rows by their nearest neighbors, then fits the inner trainer to all of them. Rows whose label is missing (key 0)
    /// are the unlabeled ones.
    /// </summary>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="inner">The trainer, or a chain that ends in one; it must keep the rows and write class scores into a column <c>Score</c>.</param>
    /// <param name="labelColumnName">A key of type UInt32: the label that the inner trainer reads.</param>
    /// <param name="featureColumnName">A vector of numbers of any type: what tells which rows are neighbors. Standardised features do best.</param>
    /// <param name="exampleWeightColumnName">
    /// The column that the inner trainer reads example weights from; it need not be in the data. With one, labels are soft;
    /// without, every row is trained on with its most probable class and the same weight.
    /// </param>
    /// <typeparam name="TTransformer">What the inner trainer makes.</typeparam>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <example>
    /// <code>
    /// IDataView rows = ml.Data.KeepLabels(train, fraction: 0.01, seed: 1); // 1 % of each class keep their label
    /// var trainers = ml.MulticlassClassification.Trainers;
    /// var pipeline = ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", "encoder.onnx")
    ///     .Append(ml.Transforms.NormalizeMeanVariance("Features"))
    ///     .AppendCacheCheckpoint(ml)
    ///     .Append(trainers.LabelSpreading(trainers.LbfgsMaximumEntropy(exampleWeightColumnName: "Weight"), exampleWeightColumnName: "Weight"));
    /// ITransformer model = pipeline.Fit(rows);
    /// </code>
    /// </example>
    public static LabelSpreadingEstimator<TTransformer> LabelSpreading<TTransformer>(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        IEstimator<TTransformer> inner,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null)
        where TTransformer : class, ITransformer
        => LabelSpreading(catalog, inner, new LabelSpreadingOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
        });

    /// <inheritdoc cref="LabelSpreading{TTransformer}(MulticlassClassificationCatalog.MulticlassClassificationTrainers, IEstimator{TTransformer}, string, string, string?)"/>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="inner">The trainer, or a chain that ends in one.</param>
    /// <param name="options">Columns, graph, and how labels spread.</param>
    /// <param name="starter">
    /// Gives the probabilities that smoothing starts from, with the inner trainer's columns: a trainer that does well on the
    /// labeled rows alone, beside one that wants many. Null for the inner trainer itself.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range, or two contradict each other.</exception>
    public static LabelSpreadingEstimator<TTransformer> LabelSpreading<TTransformer>(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        IEstimator<TTransformer> inner,
        LabelSpreadingOptions options,
        IEstimator<ITransformer>? starter = null)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(options);
        return new LabelSpreadingEstimator<TTransformer>(inner, options, starter);
    }

    /// <summary>
    /// Fits the inner trainer to the labeled rows, labels the others by its predictions, most certain ones first, and fits it
    /// again, some rounds long. Rows whose label is missing (key 0) are the unlabeled ones.
    /// </summary>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="inner">The trainer, or a chain that ends in one; it must keep the rows and write class scores into a column <c>Score</c>.</param>
    /// <param name="labelColumnName">A key of type UInt32: the label that the inner trainer reads.</param>
    /// <param name="exampleWeightColumnName">
    /// The column that the inner trainer reads example weights from; it need not be in the data. With one, labels are soft;
    /// without, a row is trained on with its most probable class and the same weight as any.
    /// </param>
    /// <typeparam name="TTransformer">What the inner trainer makes.</typeparam>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static SelfTrainingEstimator<TTransformer> SelfTraining<TTransformer>(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        IEstimator<TTransformer> inner,
        string labelColumnName = "Label",
        string? exampleWeightColumnName = null)
        where TTransformer : class, ITransformer
        => SelfTraining(catalog, inner, new SelfTrainingOptions { LabelColumnName = labelColumnName, ExampleWeightColumnName = exampleWeightColumnName });

    /// <inheritdoc cref="SelfTraining{TTransformer}(MulticlassClassificationCatalog.MulticlassClassificationTrainers, IEstimator{TTransformer}, string, string?)"/>
    /// <param name="catalog">The trainers of an <see cref="MLContext"/>.</param>
    /// <param name="inner">The trainer, or a chain that ends in one.</param>
    /// <param name="options">Columns, rounds, and which predictions are believed.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or two contradict each other.</exception>
    public static SelfTrainingEstimator<TTransformer> SelfTraining<TTransformer>(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, IEstimator<TTransformer> inner, SelfTrainingOptions options)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(options);
        return new SelfTrainingEstimator<TTransformer>(inner, options);
    }
}
