using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    private static readonly VersionInfo Version = new(
        modelSignature: "KEY2VALT",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);

    internal KeyToValueMappingTransformer(IHostEnvironment env, params (string outputColumnName, string inputColumnName)[] columns)
        : base(env, columns)
    {
    }

    private KeyToValueMappingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx)
    {
    }

    internal static KeyToValueMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new KeyToValueMappingTransformer(env, ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
    }

    private sealed class Mapper : OneToOneMapperBase
    {
        private readonly KeyToValueMappingTransformer _parent;
        private readonly KeyValues[] _values;

        public Mapper(KeyToValueMappingTransformer parent, DataViewSchema schema)
            : base(parent, schema)
        {
            _parent = parent;
            _values = Array.ConvertAll(ColMapNewToOld, index => KeyValues.Create(schema[index]));
        }

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [.. _parent.ColumnPairs.Select((pair, i) =>
            {
                var annotations = new DataViewSchema.Annotations.Builder();
                annotations.Add(InputSchema[ColMapNewToOld[i]].Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
                return new DataViewSchema.DetachedColumn(pair.outputColumnName, _values[i].Type, annotations.ToAnnotations());
            })];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            return _values[iinfo].GetGetter(input, input.Schema[ColMapNewToOld[iinfo]]);
        }
    }
}
