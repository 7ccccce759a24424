using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A batch of rows: what was read of them, and how far their scoring is.</summary>
/// <param name="buffer">Its number, that of its buffers in every <see cref="ColumnBuffer"/>.</param>
internal sealed class RowBatch(int buffer)
{
    private volatile bool _isScored;

    public int Buffer => buffer;

    /// <summary>Inputs and outputs; they have room for the rows.</summary>
    public BatchTensors Tensors { get; set; } = null!;

    /// <summary>The rows' ids.</summary>
    public DataViewRowId[] Ids { get; set; } = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

    /// <summary>Position of the first row among all.</summary>
    public long FirstPosition { get; set; }

    /// <summary>Whether somebody scores it, or has done so.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether the outputs, or <see cref="Error"/>, are there.</summary>
    public bool IsScored
    {
        get => _isScored;
        set => _isScored = value;
    }

    /// <summary>Why the outputs could not be computed.</summary>
    public ExceptionDispatchInfo? Error { get; set; }
}
