using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// The source documents' networks and the figures that they print. Validation means the data set's test images, as in the
/// documents, which hand them to Keras as validation data; nothing is chosen by them here.
/// </summary>
internal static class SeedTable
{
    /// <summary>Names of figures in a run's record.</summary>
    public const string TrainMse = "reproduce.trainMse", PcaMse = "reproduce.pcaMse", Accuracy = "reproduce.accuracy",
        FrozenAccuracy = "reproduce.accuracy.frozen", UnfrozenAccuracy = "reproduce.accuracy.unfrozen", ScratchAccuracy = "reproduce.accuracy.scratch",
        Labels = "reproduce.labels";

    private const double PcaTolerance = 1.01; // training by steps ends near an optimum, not on it
    private const double TrivialShare = 0.1; // of dense-30's error
    private const int Vae2Epoch = 24; // the epoch whose loss document 004 prints

    /// <summary>All rows, in the order of the documents.</summary>
    public static IReadOnlyList<SeedRow> Rows { get; } =
    [
        new("mlp-100", Validation("cross-entropy"), new SeedFigure("test accuracy", run => Metric(run, Accuracy))),
        Linear("linear-2"),
        Linear("linear-100"),
        new("conv-2", Validation("MSE")),
        new("conv-vae-2", Validation("BCE + KL")),
        new("sigmoid-64", Validation("MSE")),
        new("dense-49", SeedFigure.Reaching("validation BCE", 0.0777m, ValidationLoss)),
        new("deep-49", SeedFigure.Reaching("validation BCE", 0.0720m, ValidationLoss)),
        new("conv-49", SeedFigure.Reaching("validation BCE", 0.0693m, ValidationLoss)),
        new("dense-49-denoise", Validation("BCE, noised")) { StartsFrom = "dense-49" },
        new("sparse-16", Validation("BCE + L1")),
        new("linear-1000", Trivial(), NoBetterFeatures()) { Classifies = true },
        new("dense-30", Validation("MSE"), Features()) { Classifies = true },
        new("dense-30-sparse", Validation("MSE + KL")),
        new("dense-30-denoise", Validation("MSE, noised")),
        new(
            "dense-30-classifier",
            new SeedFigure("accuracy, encoder frozen", run => Metric(run, FrozenAccuracy)),
            new SeedFigure("accuracy, then unfrozen", run => Metric(run, UnfrozenAccuracy)),
            new SeedFigure("accuracy, random weights", run => Metric(run, ScratchAccuracy)))
        {
            StartsFrom = "dense-30",
        },
        new("vae-30", Validation("MSE + KL")),
        new("vae-2", SeedFigure.Reaching($"training loss by epoch {Vae2Epoch}", 145.78m, LowestEarly)) { DocumentedEpoch = Vae2Epoch },
    ];

    /// <summary>The row of an architecture.</summary>
    public static SeedRow Get(string id) => Rows.Single(row => row.Id == id);

    private static SeedFigure Validation(string loss) => new($"validation {loss}", ValidationLoss);

    private static double? ValidationLoss(RunRecord run) => run.History?.FinalValidationLoss;

    // Not of epochs in which the divergence counted less.
    private static double? LowestEarly(RunRecord run) => run.History?.Epochs
        .Where(epoch => epoch.Epoch - 1 >= run.Training.Objective.WarmUpEpochs && epoch.Epoch <= Vae2Epoch)
        .Min(epoch => (double?)epoch.TrainLoss);

    // Document 000 says that it equals PCA; the optimum is computed on the same images, so both are compared on those.
    private static SeedRow Linear(string id) => new(
        id,
        new SeedFigure("training MSE", run => Metric(run, TrainMse)) { AtMost = (run, _) => Metric(run, PcaMse) * PcaTolerance },
        new SeedFigure("training MSE of PCA", run => Metric(run, PcaMse)))
    {
        ComparesWithPca = true,
    };

    private static SeedFigure Trivial() => Validation("MSE") with
    {
        AtMost = (_, other) => other("dense-30") is { } dense ? ValidationLoss(dense) * TrivialShare : null,
    };

    private static SeedFigure NoBetterFeatures() => Features() with
    {
        AtMost = (_, other) => other("dense-30") is { } dense ? Metric(dense, Accuracy) : null,
    };

    private static SeedFigure Features() => new("accuracy, 1 % of labels", run => Metric(run, Accuracy));

    private static double? Metric(RunRecord run, string name) => run.Metrics.TryGetValue(name, out double value) ? value : null;
}
