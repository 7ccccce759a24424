using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "ConcatTransform";

    private static readonly VersionInfo Version = new(
        modelSignature: "CONCAT F",
        verWrittenCur: 0x00010003,
        verReadableCur: 0x00010003,
        verWeCanReadBack: 0x00010003,
        loaderSignature: LoaderSignature,
        loaderSignatureAlt: "ConcatFunction",
        loaderAssemblyName: AssemblyNames.Data);

    private readonly Part[] _parts;

    internal ColumnConcatenatingTransformer(IHostEnvironment env, Part[] parts)
        : base(env) => _parts = parts;

    internal static ColumnConcatenatingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        var parts = new Part[ctx.ReadCount(sizeof(int))];
        Contracts.CheckDecode(parts.Length > 0);
        for (int i = 0; i < parts.Length; i++)
        {
            string name = ctx.LoadNonEmptyString();
            var sources = new (string, string)[ctx.ReadCount(2 * sizeof(int))];
            Contracts.CheckDecode(sources.Length > 0);
            for (int j = 0; j < sources.Length; j++)
                sources[j] = (ctx.LoadNonEmptyString(), ctx.LoadStringOrNull());
            parts[i] = new Part(name, sources);
        }
        return new ColumnConcatenatingTransformer(env, parts);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.Writer.Write(_parts.Length);
        foreach (Part part in _parts)
        {
            ctx.SaveNonEmptyString(part.Name);
            ctx.Writer.Write(part.Sources.Length);
            foreach (var (name, alias) in part.Sources)
            {
                ctx.SaveNonEmptyString(name);
                ctx.SaveStringOrNull(alias);
            }
        }
    }

    /// <summary>One new column: the columns that it is made of, and what their slots are called if not like them.</summary>
    internal sealed record Part(string Name, (string Name, string Alias)[] Sources);

    private sealed class Mapper(ColumnConcatenatingTransformer parent, DataViewSchema schema) : MapperBase(schema)
    {
        private readonly Concatenation[] _columns = Array.ConvertAll(parent._parts, part => new Concatenation(schema, part));

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => Array.ConvertAll(_columns, column => column.Output);

        protected override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput)
        {
            HashSet<int> needed = [.. _columns.Where((_, i) => activeOutput(i)).SelectMany(column => column.SourceIndices)];
            return needed.Contains;
        }

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            return _columns[iinfo].GetGetter(input);
        }
    }
}
