using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class LpNormNormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "GcnTransform";

    private static readonly VersionInfo Version = new(
        modelSignature: "GCNORMAF",
        verWrittenCur: 0x00010003,
        verReadableCur: 0x00010003,
        verWeCanReadBack: 0x00010003,
        loaderSignature: LoaderSignature,
        loaderSignatureAlt: "GcnFunction",
        loaderAssemblyName: AssemblyNames.Transforms);

    private readonly LpNormalization[] _columns;

    internal LpNormNormalizingTransformer(IHostEnvironment env, params LpNormalization[] columns)
        : base(env, [.. columns.Select(column => (column.OutputColumnName, column.InputColumnName))]) => _columns = columns;

    private LpNormNormalizingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx) =>
        _columns = Array.ConvertAll(ColumnPairs, pair => LpNormalization.Load(ctx, pair.outputColumnName, pair.inputColumnName));

    internal static LpNormNormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new LpNormNormalizingTransformer(env, ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        DataViewSchema.Column column = inputSchema[srcCol];
        if (!column.Type.IsKnownSizeVector() || column.Type.GetItemType() != NumberDataViewType.Single)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", column.Name, LpNormNormalizingEstimatorBase.ExpectedColumnType, column.Type.ToString());
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        foreach (LpNormalization column in _columns)
            column.Save(ctx);
    }

    private sealed class Mapper(LpNormNormalizingTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [.. parent.ColumnPairs.Select((pair, i) =>
            {
                DataViewSchema.Column source = InputSchema[ColMapNewToOld[i]];
                var annotations = new DataViewSchema.Annotations.Builder();
                annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
                annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
                return new DataViewSchema.DetachedColumn(pair.outputColumnName, source.Type, annotations.ToAnnotations());
            })];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            ValueGetter<VBuffer<float>> source = input.GetGetter<VBuffer<float>>(input.Schema[ColMapNewToOld[iinfo]]);
            LpNormalization column = parent._columns[iinfo];
            VBuffer<float> row = default;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                source(ref row);
                column.Apply(in row, ref value);
            });
        }
    }
}
