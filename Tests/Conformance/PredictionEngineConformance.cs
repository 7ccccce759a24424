using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>A prediction engine gives for every object what the view gives for its row, in every column that the transformer makes.</summary>
internal static class PredictionEngineConformance
{
    private static readonly MLContext Context = new(seed: 1);

    /// <summary>Checks a transformer, and disposes it, as prediction engines do with theirs.</summary>
    /// <typeparam name="TRow">Type of the objects, with the columns that the transformer needs.</typeparam>
    public static void Check<TRow>(ITransformer transformer, IReadOnlyList<TRow> rows)
        where TRow : class
    {
        IDataView input = Context.Data.LoadFromEnumerable(rows);
        IDataView view = transformer.Transform(input);
        List<ReadRow> expected = ReadRows.Of(view);
        List<IDisposable> engines = [];
        foreach (DataViewSchema.Column column in view.Schema.Where(c => !c.IsHidden && !IsOf(input, c)))
        {
            object[] predicted = Predict(transformer, rows, column, engines);
            for (int i = 0; i < rows.Count; i++)
            {
                object wanted = expected[i].Values[column.Index]!;
                Assert.IsTrue(
                    ColumnValues.AreEqual(wanted, predicted[i]),
                    $"column '{column.Name}' of object {i} is {ColumnValues.Describe(predicted[i])}, expected {ColumnValues.Describe(wanted)}");
            }
        }

        engines.ForEach(engine => engine.Dispose());
    }

    private static bool IsOf(IDataView input, DataViewSchema.Column column) => input.Schema.GetColumnOrNull(column.Name)?.Type.Equals(column.Type) == true;

    private static object[] Predict<TRow>(ITransformer transformer, IReadOnlyList<TRow> rows, DataViewSchema.Column column, List<IDisposable> engines)
    {
        Type item = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        item = item == typeof(ReadOnlyMemory<char>) ? typeof(string) : item;
        MethodInfo method = typeof(PredictionEngineConformance).GetMethod(nameof(PredictAs), BindingFlags.NonPublic | BindingFlags.Static)!;
        return method.MakeGenericMethod(typeof(TRow), column.Type is VectorDataViewType ? item.MakeArrayType() : item)
            .CreateDelegate<Func<ITransformer, IReadOnlyList<TRow>, DataViewSchema.Column, List<IDisposable>, object[]>>()(transformer, rows, column, engines);
    }

    private static object[] PredictAs<TRow, TValue>(ITransformer transformer, IReadOnlyList<TRow> rows, DataViewSchema.Column column, List<IDisposable> engines)
        where TRow : class
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(Output<TValue>));
        output[0].ColumnName = column.Name;
        output[0].ColumnType = column.Type;
        PredictionEngine<TRow, Output<TValue>> engine =
            Context.Model.CreatePredictionEngine<TRow, Output<TValue>>(transformer, ignoreMissingColumns: false, outputSchemaDefinition: output);
        engines.Add(engine);
        return [.. rows.Select(row => (object)engine.Predict(row).Value!)];
    }

    private sealed class Output<TValue>
    {
        public TValue? Value { get; set; }
    }
}
