using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Compares the ONNX file of a table with the .zip, row by row.</summary>
internal static class FusedTableComparison
{
    private const int BatchRows = 256;
    private const double Limit = 1e-4; // relative to numbers above 1: Single has seven digits

    /// <summary>Compares.</summary>
    /// <param name="onnxPath">The ONNX file; ONNX Runtime runs it as it is.</param>
    /// <param name="zip">The .zip, loaded; it makes <c>Code</c> of the columns.</param>
    /// <param name="table">The rows.</param>
    /// <param name="report">Told the share that is done.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The largest difference of a number of a code.</returns>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static double Run(string onnxPath, ITransformer zip, TableFile table, Action<double> report, CancellationToken cancellationToken)
    {
        using InferenceSession session = new(onnxPath);
        IDataView scored = zip.Transform(table.View);
        DataViewSchema.Column code = scored.Schema[TableModel.Code];
        DataViewSchema.Column[] columns = [.. session.InputNames.Select(name => scored.Schema[name])];
        using DataViewRowCursor cursor = scored.GetRowCursor([code, .. columns]);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(code);
        ColumnBatch[] inputs = [.. columns.Select(column => new ColumnBatch(cursor, column))];
        List<float[]> expected = [];
        VBuffer<float> buffer = default;
        double largest = 0;
        long rows = 0;
        while (cursor.MoveNext())
        {
            getCode(ref buffer);
            expected.Add([.. buffer.DenseValues()]);
            Array.ForEach(inputs, input => input.Add());
            if (expected.Count == BatchRows)
            {
                Compare();
            }
        }

        Compare();
        return largest;

        void Compare()
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (expected.Count == 0)
            {
                return;
            }

            OrtValue[] values = [.. inputs.Select(input => input.Take())];
            try
            {
                using RunOptions options = new();
                using var outputs = session.Run(options, session.InputNames, values, [session.OutputNames[0]]);
                ReadOnlySpan<float> found = outputs[0].GetTensorDataAsSpan<float>();
                for (int i = 0; i < found.Length; i++)
                {
                    int row = i / expected[0].Length, number = i % expected[0].Length;
                    float other = expected[row][number];
                    double difference = Math.Abs(found[i] - other);
                    largest = difference <= Limit * Math.Max(1, Math.Abs(other)) ? Math.Max(largest, difference) : throw new InvalidDataException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{FusedTable.FileName} gives row {rows + row + 1} of '{table.Path}' the code {found[i]:G6} at place {number + 1}, and {TableModel.EncoderFile} {other:G6}: they differ by more than {Limit}. Train without --fuse."));
                }
            }
            finally
            {
                Array.ForEach(values, value => value.Dispose());
            }

            rows += expected.Count;
            expected.Clear();
            report((double)rows / table.RowCount);
        }
    }

    /// <summary>Cells of a column, up to a batch.</summary>
    private sealed class ColumnBatch
    {
        private readonly List<string> _texts = [];
        private readonly List<float> _numbers = [];

        public ColumnBatch(DataViewRow row, DataViewSchema.Column column)
        {
            if (column.Type is TextDataViewType)
            {
                ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
                ReadOnlyMemory<char> text = default;
                Add = () =>
                {
                    get(ref text);
                    _texts.Add(text.ToString());
                };
            }
            else
            {
                ValueGetter<float> get = row.GetGetter<float>(column);
                float number = 0;
                Add = () =>
                {
                    get(ref number);
                    _numbers.Add(number);
                };
            }
        }

        /// <summary>Adds the cell of the row that the cursor is at.</summary>
        public Action Add { get; }

        /// <summary>Gives the cells as a tensor [N, 1], and begins anew.</summary>
        public OrtValue Take()
        {
            OrtValue value;
            if (_texts.Count > 0)
            {
                value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [_texts.Count, 1]);
                for (int i = 0; i < _texts.Count; i++)
                {
                    value.StringTensorSetElementAt(_texts[i], i);
                }
            }
            else
            {
                value = OrtValue.CreateTensorValueFromMemory(_numbers.ToArray(), [_numbers.Count, 1]);
            }

            _texts.Clear();
            _numbers.Clear();
            return value;
        }
    }
}
