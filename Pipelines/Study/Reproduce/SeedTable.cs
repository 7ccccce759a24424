using OnnxAE.Models;
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

/// <summary>A row of the table: an architecture of the catalogue and its figures.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Figures">One at the least; the first is the row's own.</param>
internal sealed record SeedRow(string Id, params IReadOnlyList<SeedFigure> Figures)
{
    /// <summary>Whether training is followed by a comparison with principal components of the same width.</summary>
    public bool ComparesWithPca { get; init; }

    /// <summary>Whether training is followed by a classifier on the features of 1 % of the images.</summary>
    public bool Classifies { get; init; }

    /// <summary>The row whose trained weights this one starts from; null where it starts from new ones.</summary>
    public string? StartsFrom { get; init; }

    /// <summary>Whether <see cref="StartsFrom"/>'s encoder becomes a classifier on 1 % of the labels.</summary>
    public bool Transfers => StartsFrom is not null && ModelCatalog.Get(Id).Kind == ArchitectureKind.Classifier;

    /// <summary>The epoch whose figure the document prints; null where that is its last.</summary>
    public int? DocumentedEpoch { get; init; }

    /// <summary>The epochs that the document takes to its figure.</summary>
    public int DocumentedEpochs => DocumentedEpoch ?? ModelCatalog.Get(Id).Training.Epochs;
}

/// <summary>A figure of a row, beside what its document prints.</summary>
/// <param name="Metric">What it is.</param>
/// <param name="Ours">The figure of a run; null where the run is too short for it.</param>
internal sealed record SeedFigure(string Metric, Func<RunRecord, double?> Ours)
{
    /// <summary>The document's figure; null where it prints none.</summary>
    public double? Documented { get; init; }

    /// <summary>What ours is to be at most; null without an aim. Some aims hang on another row's run, which may not be there yet.</summary>
    public Func<RunRecord, Func<string, RunRecord?>, double?> AtMost { get; init; } = (_, _) => null;

    /// <summary>A figure that the document prints, rounded as it is, and that ours is to reach: rounded alike, it is no larger.</summary>
    public static SeedFigure Reaching(string metric, decimal documented, Func<RunRecord, double?> ours)
    {
        double printed = (double)documented;
        double rounding = Math.Pow(10, -documented.Scale) / 2;
        return new SeedFigure(metric, ours) { Documented = printed, AtMost = (_, _) => printed + rounding };
    }
}

/// <summary>A figure as the table prints it.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Parameters">Numbers that training changed.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="Seconds">Time of the training, validation included.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Ours">The figure.</param>
/// <param name="Documented">The document's; null where it prints none.</param>
/// <param name="AtMost">The aim; null without one.</param>
internal sealed record RowResult(
    string Id, long Parameters, int Epochs, double Seconds, string Metric, double? Ours, double? Documented, double? AtMost)
{
    /// <summary>Whether the aim is reached; null without one.</summary>
    public bool? Passed => AtMost is { } most ? Ours <= most : null;

    /// <summary>The results of a row's run.</summary>
    /// <param name="row">The row.</param>
    /// <param name="run">Its run.</param>
    /// <param name="other">Other rows' runs by their id, for aims that hang on them.</param>
    public static IEnumerable<RowResult> Of(SeedRow row, RunRecord run, Func<string, RunRecord?> other) => row.Figures.Select(figure => new RowResult(
        row.Id,
        run.Model.Parameters,
        run.History!.Epochs.Count,
        run.History.Seconds,
        figure.Metric,
        figure.Ours(run),
        figure.Documented,
        figure.AtMost(run, other)));
}

/// <summary>A row that could not be trained, exported or verified.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record RowFailure(string Id, string Reason);
