using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>
/// A row mapper makes of each row what the view makes of it, and makes any one column of nothing but what it says that
/// the column depends on.
/// </summary>
internal sealed class RowMapping : IEstimatorAspect
{
    public void Check(EstimatorCase estimator)
    {
        if (!estimator.Transformer.IsRowToRowMapper)
        {
            Assert.Throws<InvalidOperationException>(() => estimator.Transformer.GetRowToRowMapper(estimator.FitInput.Schema));
            return;
        }

        foreach ((string name, Table rows) in estimator.Inputs)
        {
            IRowToRowMapper mapper = estimator.Transformer.GetRowToRowMapper(rows.Schema);
            List<ReadRow> expected = ReadRows.Of(estimator.Transformer.Transform(rows));
            Check(mapper, rows, expected, mapper.OutputSchema, $"{name}, all columns by the row mapper");
            foreach (DataViewSchema.Column column in mapper.OutputSchema)
            {
                Check(mapper, rows, expected, [column], $"{name}, only column {column.Index} by the row mapper");
            }

            Assert.AreEqual(0, rows.OpenCursors, $"{name}: disposing a row leaves the row that it was made of open");
        }
    }

    private static void Check(IRowToRowMapper mapper, Table rows, List<ReadRow> expected, IEnumerable<DataViewSchema.Column> columns, string way)
    {
        List<ReadRow> read = [];
        DataViewRowCursor cursor = rows.GetRowCursor(mapper.GetDependencies(columns));
        using (DataViewRow row = mapper.GetRow(cursor, columns))
        {
            Assert.AreSame(mapper.OutputSchema, row.Schema, $"{way}: the row's schema");
            foreach (DataViewSchema.Column column in columns)
            {
                Assert.IsTrue(row.IsColumnActive(column), $"{way}: '{column.Name}' was asked for, but is not active");
            }

            RowReader reader = new(row, columns);
            while (cursor.MoveNext())
            {
                read.Add(reader.Read());
            }
        }

        ReadRows.AssertSame(mapper.OutputSchema, expected, read, way);
    }
}
