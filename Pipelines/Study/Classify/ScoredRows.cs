using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>The scores of a file's rows, one after the other.</summary>
internal sealed class ScoredRows : IDisposable
{
    private readonly DataViewRowCursor cursor;
    private readonly ValueGetter<VBuffer<float>> getScores;
    private readonly ValueGetter<long> getRow;
    private readonly ValueGetter<bool> getMissing;
    private readonly ValueGetter<ReadOnlyMemory<char>>? getName;
    private VBuffer<float> scores;
    private readonly float[] values;

    /// <param name="scored">A view over a <see cref="RowFileView"/>.</param>
    /// <param name="scoreColumn">A vector of Single.</param>
    public ScoredRows(IDataView scored, string scoreColumn)
    {
        DataViewSchema.Column score = scored.Schema[scoreColumn], row = scored.Schema[RowFileView.RowColumn], missing = scored.Schema[RowFileView.MissingColumn];
        DataViewSchema.Column? name = scored.Schema.GetColumnOrNull(RowFileView.NameColumn);
        cursor = scored.GetRowCursor([score, row, missing, .. name is { } n ? new[] { n } : []]);
        getScores = cursor.GetGetter<VBuffer<float>>(score);
        getRow = cursor.GetGetter<long>(row);
        getMissing = cursor.GetGetter<bool>(missing);
        getName = name is { } text ? cursor.GetGetter<ReadOnlyMemory<char>>(text) : null;
        values = new float[((VectorDataViewType)score.Type).Size];
    }

    /// <summary>The row's number in the file, from 0.</summary>
    public long Row { get; private set; }

    /// <summary>What it is called; null in files without names.</summary>
    public string? Name { get; private set; }

    /// <summary>Whether it was bad.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Its scores.</summary>
    public ReadOnlySpan<float> Scores => values;

    /// <summary>Their number.</summary>
    public int ScoreCount => values.Length;

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool MoveNext()
    {
        if (!cursor.MoveNext())
        {
            return false;
        }

        long row = 0;
        bool isMissing = false;
        getRow(ref row);
        getMissing(ref isMissing);
        getScores(ref scores);
        scores.CopyTo(values);
        (Row, IsMissing) = (row, isMissing);
        if (getName is not null)
        {
            ReadOnlyMemory<char> name = default;
            getName(ref name);
            Name = name.ToString();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => cursor.Dispose();
}
