using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What the rows of a file are put through, and what is written of each: <see cref="ScoringModel"/>, <see cref="ClassifyScorer"/>.</summary>
/// <param name="path">The model's file.</param>
internal abstract class RowModel(string path) : IDisposable
{
    /// <summary>The model's file.</summary>
    public string Path { get; } = path;

    /// <summary>Headings of what is written of a row, one a value.</summary>
    public abstract IEnumerable<string> Headings { get; }

    /// <summary>The shape of what is written of a row; empty for a single value.</summary>
    public abstract IReadOnlyList<int> OutputShape { get; }

    /// <summary>The range that its metadata names for pixels; null where it names none.</summary>
    public PixelRange? Range { get; protected init; }

    /// <summary>Whether what it makes are pixels.</summary>
    public virtual bool GivesPixels => false;

    /// <summary>Where it runs.</summary>
    public virtual string Device => "CPU";

    /// <summary>Most rows of one call; 0 where that is nobody's to say.</summary>
    public virtual int BatchSize => 0;

    /// <summary>The columns of <see cref="Apply"/> that are read.</summary>
    public abstract IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Opens a source as rows that it can read.</summary>
    /// <param name="source">Where the rows are.</param>
    /// <param name="options">What the request says; the shape of a row and the kind of its values are the model's to say.</param>
    /// <exception cref="UsageException">It can't read such values.</exception>
    public abstract IRowView Open(RowSource source, RowFileOptions options);

    /// <summary>Puts rows through the model.</summary>
    public abstract IDataView Apply(IRowView rows);

    /// <summary>Makes what writes the present row of a cursor.</summary>
    public virtual OutputColumn[] CreateColumns(DataViewRow cursor) =>
        [.. ColumnNames.Select(name => OutputColumn.Create(cursor, cursor.Schema[name]))];

    /// <summary>Refuses what was written before it takes its place, if it is not what was asked for.</summary>
    public virtual void Check(long rows, long badRows)
    {
    }

    public abstract void Dispose();
}

/// <summary>Which rows are put through which model, and where the results go.</summary>
internal abstract record RowsRequest
{
    /// <summary>A run folder or the file of a model.</summary>
    public required string Model { get; init; }

    /// <summary>A file, a folder of pictures, or <c>-</c>.</summary>
    public string Input { get; init; } = OutputTarget.Standard;

    /// <summary>Format of the input; null tells it by name or content.</summary>
    public RowFileFormat? InputFormat { get; init; }

    /// <summary>Where the results go.</summary>
    public OutputTarget Output { get; init; } = new(OutputTarget.Standard, OutputFormat.Csv, IsGzip: false);

    /// <summary>What becomes of bad rows.</summary>
    public BadRowHandling OnError { get; init; }

    /// <summary>A csv file for a list of all bad rows; null writes none.</summary>
    public string? BadRowsFile { get; init; }

    /// <summary>What becomes of pixels; null leaves it to the model.</summary>
    public BytePixels? Pixels { get; init; }

    /// <summary>Cells of a csv line to pass over.</summary>
    public int SkippedCells { get; init; }

    /// <summary>Whether a csv line begins with the row's name, or its number.</summary>
    public bool WithRows { get; init; }
}
