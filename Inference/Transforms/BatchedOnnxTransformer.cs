using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference.Transforms;

namespace OnnxAE.Inference;

/// <summary>
/// Applies an ONNX model to a view, many rows a call. It decorates ML.NET's own <c>OnnxTransformer</c>: schemas, saving and
/// the scoring of single rows (prediction engines) are the stock transformer's, so that a saved model loads in any ML.NET
/// program; only the cursor is its own. Views may be read by several threads at once.
/// </summary>
public sealed class BatchedOnnxTransformer : ITransformer, IDisposable
{
    private readonly Lock _lock = new();
    private readonly TransformsCatalog _catalog;
    private readonly RunSettings _settings;
    private readonly SharedSession _session;
    private readonly SharedSession.Lease _lease;
    private readonly IReadOnlyList<DataViewSchema.DetachedColumn> _outputColumns;
    private StockOnnx? _stock; // made when single rows are asked for: it holds the weights once more
    private bool _isDisposed;

    internal BatchedOnnxTransformer(
        TransformsCatalog catalog,
        OnnxModelDefinition definition,
        SharedSession session,
        RunSettings settings,
        IReadOnlyList<DataViewSchema.DetachedColumn> outputColumns)
    {
        _catalog = catalog;
        Definition = definition;
        _settings = settings;
        _session = session;
        _lease = session.Acquire();
        _outputColumns = outputColumns;
        BatchSize = definition.IsBatchable ? settings.RowsFor(definition.ValuesPerRow) : 1;
    }

    /// <summary>Rows of one ONNX Runtime call: 1 for a model whose first dimension is fixed.</summary>
    public int BatchSize { get; }

    /// <summary>Always true: rows don't depend on each other.</summary>
    public bool IsRowToRowMapper => true;

    internal OnnxModelDefinition Definition { get; }

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

    /// <summary>The stock transformer's mapper of single rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of the wrong type or length.</exception>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Definition.CheckInputs(inputSchema);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _stock ??= StockOnnx.Create(_catalog, Definition, _settings);
            return ((ITransformer)_stock.Transformer).GetRowToRowMapper(inputSchema);
        }
    }

    /// <summary>Ends the transformer; cursors that are running still reach their end.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _stock?.Dispose();
            _lease.Dispose();
        }
    }

    /// <summary>Saves what the stock transformer saves.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using StockOnnx stock = StockOnnx.Create(_catalog, Definition, _settings);
        ((ICanSaveModel)stock.Transformer).Save(ctx);
    }

    internal SharedSession.Lease AcquireSession()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _session.Acquire();
    }

    private OutputLayout GetLayout(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Definition.CheckInputs(inputSchema);
        return new OutputLayout(inputSchema, _outputColumns);
    }
}
