using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// Applies an ONNX model to a view, many rows a call. What it saves is ML.NET's own <c>OnnxTransformer</c>, so that a saved
/// model loads in any ML.NET program; its schemas are that one's, too. It may be used by several threads at once: they
/// share one session.
/// </summary>
public sealed class BatchedOnnxTransformer : ITransformer, IDisposable
{
    private readonly OnnxScorer _scorer;
    private readonly SharedSession.Lease _lease;
    private volatile bool _isDisposed;

    internal BatchedOnnxTransformer(OnnxScorer scorer)
    {
        _scorer = scorer;
        _lease = scorer.Session.Acquire();
    }

    /// <summary>Most rows of one ONNX Runtime call; the first calls of a cursor have fewer, so that its first rows are there soon.</summary>
    public int BatchSize => _scorer.BatchSize;

    /// <summary>Calls that run at a time.</summary>
    public int ConcurrentBatches => _scorer.Settings.ConcurrentBatches;

    /// <summary>Where the model runs: <c>CPU</c>, or <c>CUDA</c> and the device's number.</summary>
    public string Device => _scorer.Session.Device;

    /// <summary>Always true: rows don't depend on each other.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema of <see cref="Transform"/>: the input's columns and the model's outputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of the wrong type or length.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => GetLayout(inputSchema).Schema;

    /// <summary>A view with the model's outputs; nothing is computed before it is read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of the wrong type or length.</exception>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new BatchedOnnxView(input, this, GetLayout(input.Schema));
    }

    /// <summary>Scores single rows, for prediction engines.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of the wrong type or length.</exception>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new BatchedOnnxRowMapper(this, inputSchema, GetLayout(inputSchema));
    }

    /// <summary>
    /// Ends the transformer, and its session with the last of its cursors: those that are running still reach their end.
    /// Rows of prediction engines throw an <see cref="ObjectDisposedException"/> from now on.
    /// </summary>
    public void Dispose()
    {
        _isDisposed = true;
        _lease.Dispose();
    }

    /// <summary>Saves what the stock transformer saves.</summary>
    /// <exception cref="NotSupportedException">A sampler has no stock form.</exception>
    /// <exception cref="InvalidDataException">The model's file has changed since it was loaded.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using StockOnnx stock = StockOnnx.Create(_scorer.Definition);
        ((ICanSaveModel)stock.Transformer).Save(ctx);
    }

    internal OnnxModelDefinition Definition => _scorer.Definition;

    /// <summary>Of a model in memory, of one input and one output, whose input is no pixels.</summary>
    internal static BatchedOnnxTransformer Create(byte[] model, string inputColumnName, string outputColumnName, string source)
    {
        OnnxModelPlan plan = OnnxModelPlan.Of(OnnxModelSource.Store(model, source), [inputColumnName], [outputColumnName]);
        return new(OnnxScorer.Create(plan with { ReadsPixels = false }, new RunSettings(new OnnxRunOptions(), catalog: null)));
    }

    /// <summary>A hold on the session for a reader.</summary>
    internal SharedSession.Lease AcquireSession()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _scorer.Session.Acquire();
    }

    /// <summary>Tensors with room for so many rows, of the caller's own.</summary>
    internal BatchScorer CreateTensors(int rows) => _scorer.Session.CreateTensors(rows);

    /// <summary>Readers of the model's inputs.</summary>
    /// <param name="row">The row, or cursor, to read.</param>
    /// <param name="kept">The columns that are read ahead anyway, by index.</param>
    internal InputFeed[] CreateFeeds(DataViewRow row, IReadOnlyDictionary<int, ColumnBuffer> kept)
        => InputFeed.CreateAll(_scorer, row, kept);

    private OutputLayout GetLayout(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Definition.CheckInputs(inputSchema);
        return new OutputLayout(inputSchema, _scorer.OutputColumns);
    }
}
