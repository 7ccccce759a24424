using Microsoft.ML;
using Microsoft.ML.Data;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Writes the source's present row into a row of an input tensor.</summary>
internal abstract class InputFeed
{
    /// <summary>One reader for each input of a model.</summary>
    /// <param name="scorer">The model.</param>
    /// <param name="row">The row, or cursor, to read.</param>
    /// <param name="kept">The columns that are read ahead anyway, by index.</param>
    public static InputFeed[] CreateAll(OnnxScorer scorer, DataViewRow row, IReadOnlyDictionary<int, ColumnBuffer> kept)
        => [.. scorer.Definition.Inputs.Select((tensor, i) => Create(scorer, tensor, i, row, kept))];

    /// <summary>Copies the values.</summary>
    /// <param name="tensors">Where to.</param>
    /// <param name="row">The number of the row there.</param>
    /// <param name="buffer">The buffer that the row's other columns were read into.</param>
    /// <exception cref="InvalidOperationException">A vector of a column without a fixed size has the wrong length.</exception>
    public abstract void Read(BatchScorer tensors, int row, int buffer);

    /// <summary>Called behind the last row; what it throws comes to the reader behind that row.</summary>
    public virtual void Complete()
    {
    }

    private static InputFeed Create(OnnxScorer scorer, TensorSpec tensor, int input, DataViewRow row, IReadOnlyDictionary<int, ColumnBuffer> kept)
    {
        OnnxModelDefinition definition = scorer.Definition;
        if (tensor.Name == definition.NoiseInput)
        {
            return new NoiseFeed(row, input, definition.Seed);
        }

        DataViewSchema.Column column = row.Schema[tensor.Name];
        InputFeed feed = tensor.Element.CreateFeed(new InputSource(row, column, tensor, input, kept.GetValueOrDefault(column.Index)));
        if (!scorer.Settings.Options.ChecksPixelRange || definition.PixelRange is not { } range)
        {
            return feed;
        }

        return tensor.Element.OnnxType switch
        {
            DataType.Float => new PixelRangeFeed<float>(feed, tensor, input, range),
            DataType.Double => new PixelRangeFeed<double>(feed, tensor, input, range),
            _ => feed,
        };
    }
}

/// <summary>Where the values of an input come from.</summary>
/// <param name="Row">The row, or cursor, to read.</param>
/// <param name="Column">Its column.</param>
/// <param name="Tensor">The tensor to fill.</param>
/// <param name="Input">The tensor's number among the model's inputs.</param>
/// <param name="Kept">The column's buffer where it is read ahead anyway, so that it is computed only once; else null.</param>
internal sealed record InputSource(DataViewRow Row, DataViewSchema.Column Column, TensorSpec Tensor, int Input, ColumnBuffer? Kept);

/// <summary>Reads a column of vectors or of single values.</summary>
internal sealed class InputFeed<T> : InputFeed
    where T : unmanaged
{
    private readonly InputSource _source;
    private readonly SpanGetter<T>? _write;
    private readonly ValueGetter<VBuffer<T>>? _getVector;
    private readonly ValueGetter<T>? _getValue;
    private VBuffer<T> _vector;

    public InputFeed(InputSource source)
    {
        _source = source;
        if (source.Kept is not null)
        {
            return;
        }

        if (source.Column.Type is not VectorDataViewType)
        {
            _getValue = source.Row.GetGetter<T>(source.Column);
        }
        else if ((_write = (source.Row as ISpanRow)?.GetSpanGetter<T>(source.Column)) is null)
        {
            _getVector = source.Row.GetGetter<VBuffer<T>>(source.Column);
        }
    }

    public override void Read(BatchScorer tensors, int row, int buffer)
    {
        Span<T> values = tensors.GetInput<T>(_source.Input)[row];
        if (_write is not null)
        {
            _write(values);
        }
        else if (_getVector is not null)
        {
            _getVector(ref _vector);
            Copy(in _vector, values);
        }
        else if (_getValue is not null)
        {
            _getValue(ref values[0]);
        }
        else if (_source.Kept is VectorBuffer<T> vectors)
        {
            Copy(in vectors[buffer, row], values);
        }
        else
        {
            values[0] = ((ValueBuffer<T>)_source.Kept!)[buffer, row];
        }
    }

    private void Copy(in VBuffer<T> vector, Span<T> values)
    {
        if (vector.Length != values.Length)
        {
            throw new InvalidOperationException($"Found {vector.Length} values in a row of the input column '{_source.Tensor.Name}', expected {values.Length}.");
        }

        vector.CopyTo(values);
    }
}

/// <summary>Draws an input instead of reading it.</summary>
/// <param name="row">The rows, for their ids.</param>
/// <param name="input">The input's number.</param>
/// <param name="seed">Where the noise begins.</param>
internal sealed class NoiseFeed(DataViewRow row, int input, int seed) : InputFeed
{
    private readonly ValueGetter<DataViewRowId> _getId = row.GetIdGetter();

    public override void Read(BatchScorer tensors, int row, int buffer)
    {
        DataViewRowId id = default;
        _getId(ref id);
        RowNoise.Fill(tensors.GetInput<float>(input)[row], seed, id);
    }
}
