using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class PrincipalComponentAnalysisTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "PcaTransform";

    private static readonly VersionInfo Version = new(
        modelSignature: "PCA FUNC",
        verWrittenCur: 0x00010002,
        verReadableCur: 0x00010002,
        verWeCanReadBack: 0x00010002,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Pca);

    private readonly PrincipalComponents[] _columns;

    internal PrincipalComponentAnalysisTransformer(
        IHostEnvironment env, (string outputColumnName, string inputColumnName) column, PrincipalComponents components)
        : base(env, column) => _columns = [components];

    private PrincipalComponentAnalysisTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx) => _columns = Array.ConvertAll(ColumnPairs, _ => PrincipalComponents.Load(ctx));

    internal static PrincipalComponentAnalysisTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new PrincipalComponentAnalysisTransformer(env, ctx);
    }

    internal static void CheckColumn(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: > 1 } vector || vector.ItemType != NumberDataViewType.Single)
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", column.Name, "known-size vector of Single of two or more items", column.Type.ToString());
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        DataViewSchema.Column column = inputSchema[srcCol];
        CheckColumn(column);
        if (column.Type.GetValueCount() != _columns[col].Dimension)
        {
            var expected = new VectorDataViewType(NumberDataViewType.Single, _columns[col].Dimension);
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", column.Name, expected.ToString(), column.Type.ToString());
        }
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        foreach (PrincipalComponents components in _columns)
            components.Save(ctx);
    }

    private sealed class Mapper(PrincipalComponentAnalysisTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [.. parent.ColumnPairs.Select((pair, i) => new DataViewSchema.DetachedColumn(
                pair.outputColumnName, new VectorDataViewType(NumberDataViewType.Single, parent._columns[i].Rank)))];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            ValueGetter<VBuffer<float>> source = input.GetGetter<VBuffer<float>>(input.Schema[ColMapNewToOld[iinfo]]);
            PrincipalComponents components = parent._columns[iinfo];
            VBuffer<float> row = default;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                source(ref row);
                components.Project(in row, ref value);
            });
        }
    }
}
