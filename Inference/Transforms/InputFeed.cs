using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>Writes a column's values into the rows of an input tensor.</summary>
internal sealed class InputFeed
{
    private readonly TensorSpec _input;
    private readonly ColumnBuffer _values;
    private readonly bool _isShared;

    /// <param name="cursor">Where the rows come from.</param>
    /// <param name="column">The column to read.</param>
    /// <param name="input">The tensor to fill.</param>
    /// <param name="kept">The column's buffer where it is read ahead anyway, so that it is computed only once; else null.</param>
    public InputFeed(DataViewRowCursor cursor, DataViewSchema.Column column, TensorSpec input, ColumnBuffer? kept)
    {
        _input = input;
        _isShared = kept is not null;
        _values = kept ?? ColumnBuffer.Create(cursor, column, capacity: 1);
    }

    /// <summary>Copies the value of the cursor's present row.</summary>
    /// <exception cref="InvalidOperationException">A vector of a column without a fixed size has the wrong length.</exception>
    public void CopyTo(Span<float> row, int slot)
    {
        if (!_isShared)
            _values.Read(slot = 0);
        if (_values is VectorBuffer<float> vectors)
            Copy(in vectors[slot], row);
        else
            row[0] = ((ValueBuffer<float>)_values)[slot];
    }

    private void Copy(in VBuffer<float> vector, Span<float> row)
    {
        if (vector.Length != row.Length)
            throw new InvalidOperationException($"Found {vector.Length} values in a row of the input column '{_input.Name}', expected {row.Length}.");
        vector.CopyTo(row);
    }
}
