using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// A transformer that makes each of its columns out of one input column. Its mapper derives from <see cref="OneToOneMapperBase"/>;
/// <c>CheckInputColumn</c> refuses input columns of a wrong type; <c>SaveColumns</c> and the loading constructor store the names.
/// </summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase(IHostEnvironment host, params (string outputColumnName, string inputColumnName)[] columns)
        : base(host)
    {
        Contracts.CheckValue(columns, nameof(columns));
        var names = new HashSet<string>();
        foreach (var (output, input) in columns)
        {
            Contracts.CheckNonEmpty(input, nameof(columns));
            Contracts.CheckNonEmpty(output, nameof(columns));
            Contracts.CheckParam(names.Add(output), nameof(columns), $"Name of the result column '{output}' specified multiple times");
        }
        ColumnPairs = columns;
    }

    private protected OneToOneTransformerBase(IHostEnvironment host, ModelLoadContext ctx)
        : base(host)
    {
        ColumnPairs = new (string, string)[ctx.ReadCount(2 * sizeof(int))];
        for (int i = 0; i < ColumnPairs.Length; i++)
            ColumnPairs[i] = (ctx.LoadNonEmptyString(), ctx.LoadNonEmptyString());
    }

    internal (string outputColumnName, string inputColumnName)[] ColumnPairs { get; }

    private protected void SaveColumns(ModelSaveContext ctx)
    {
        ctx.Writer.Write(ColumnPairs.Length);
        foreach (var (output, input) in ColumnPairs)
        {
            ctx.SaveNonEmptyString(output);
            ctx.SaveNonEmptyString(input);
        }
    }

    private protected virtual void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
    }

    private protected abstract class OneToOneMapperBase : MapperBase
    {
        protected OneToOneMapperBase(OneToOneTransformerBase parent, DataViewSchema inputSchema)
            : base(inputSchema)
        {
            ColMapNewToOld = new int[parent.ColumnPairs.Length];
            for (int i = 0; i < ColMapNewToOld.Length; i++)
            {
                string name = parent.ColumnPairs[i].inputColumnName;
                DataViewSchema.Column column = inputSchema.GetColumnOrNull(name)
                    ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name);
                ColMapNewToOld[i] = column.Index;
                parent.CheckInputColumn(inputSchema, i, column.Index);
            }
        }

        /// <summary>The input column of each output column.</summary>
        protected int[] ColMapNewToOld { get; }

        protected sealed override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput)
        {
            HashSet<int> needed = [.. ColMapNewToOld.Where((_, output) => activeOutput(output))];
            return needed.Contains;
        }
    }
}
