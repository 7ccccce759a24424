using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// An experiment's figures, as <c>--json</c> writes them: those of the first data set and share, and all of them as
/// <see cref="Cells"/>. But for the seconds, the same seed gives the same figures.
/// </summary>
internal sealed record ExperimentResult : CellResult
{
    /// <summary>Every data set with every share of the labels.</summary>
    public required IReadOnlyList<CellResult> Cells { get; init; }

    /// <summary>SHA-256 of each file that features were read from, the same before the first and after the last fit.</summary>
    public required IReadOnlyDictionary<string, string> Encoders { get; init; }

    /// <summary>The first draw's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Processor cores.</summary>
    public int Cores { get; } = Environment.ProcessorCount;

    /// <summary>Libraries in use.</summary>
    public required IReadOnlyList<LibraryVersion> Libraries { get; init; }

    /// <summary>Path of the report.</summary>
    public required string Report { get; init; }

    /// <summary>Puts cells together.</summary>
    public static ExperimentResult Of(IReadOnlyList<CellResult> cells, IReadOnlyDictionary<string, string> encoders, int seed, string report) => new()
    {
        Dataset = cells[0].Dataset,
        Fraction = cells[0].Fraction,
        Labels = cells[0].Labels,
        Draws = cells[0].Draws,
        Control = cells[0].Control,
        Arms = cells[0].Arms,
        Skipped = cells[0].Skipped,
        Cells = cells,
        Encoders = encoders,
        Seed = seed,
        Libraries = LibraryVersion.Describe(),
        Report = report,
    };
}
