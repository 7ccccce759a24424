using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "Normalizer";

    // How a stored normalizer calls the two types that it can have.
    private const byte SingleKind = 9;
    private const byte DoubleKind = 10;

    private static readonly VersionInfo Version = new(
        modelSignature: "NORMALZR",
        verWrittenCur: 0x00010002,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);

    private readonly (DataViewType Type, NormalizerFunction Function)[] _columns;

    internal NormalizingTransformer(IHostEnvironment env, params Part[] parts)
        : base(env, [.. parts.Select(part => (part.OutputColumnName, part.InputColumnName))]) =>
        _columns = [.. parts.Select(part => (part.Type, part.Function))];

    private NormalizingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx)
    {
        bool withDimensions = ctx.ModelVerWritten >= Version.VerWrittenCur;
        _columns = new (DataViewType, NormalizerFunction)[ColumnPairs.Length];
        for (int i = 0; i < _columns.Length; i++)
        {
            DataViewType type = withDimensions ? LoadType(ctx) : LoadOldType(ctx);
            NormalizerFunction function = null;
            Contracts.CheckDecode(ctx.TryProcessSubModel(GetFolder(i), part => function = NormalizerFunction.Load(part, type)));
            _columns[i] = (type, function);
        }
    }

    internal static NormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new NormalizingTransformer(env, ctx);
    }

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Contracts.CheckParam(index >= 0 && index < _columns.Length, nameof(index), "Index is out of range.");
        return _columns[index].Function.GetModelParameters();
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        const string expected = "scalar or known-size vector of Single";
        DataViewType type = inputSchema[srcCol].Type;
        string name = ColumnPairs[col].inputColumnName;
        if (type is VectorDataViewType { IsKnownSize: false })
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name, expected, "variable-size vector");
        DataViewType item = type.GetItemType();
        if (item != NumberDataViewType.Single && item != NumberDataViewType.Double)
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name, expected, type.ToString());
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        for (int i = 0; i < _columns.Length; i++)
        {
            SaveType(ctx, _columns[i].Type);
            ctx.SaveSubModel(GetFolder(i), _columns[i].Function.Save);
        }
    }

    private static string GetFolder(int index) => string.Create(CultureInfo.InvariantCulture, $"Normalizer_{index:000}");

    private static void SaveType(ModelSaveContext ctx, DataViewType type)
    {
        var vector = type as VectorDataViewType;
        ctx.Writer.Write(vector is not null);
        ctx.Writer.Write(type.GetItemType() == NumberDataViewType.Single ? SingleKind : DoubleKind);
        if (vector is null)
            return;
        ctx.Writer.Write(vector.Dimensions.Length);
        ctx.WriteValues(vector.Dimensions.AsSpan());
    }

    private static DataViewType LoadType(ModelLoadContext ctx)
    {
        bool isVector = ctx.Reader.ReadBoolean();
        NumberDataViewType item = LoadItemType(ctx);
        return isVector ? new VectorDataViewType(item, ctx.ReadValues<int>(ctx.ReadCount(sizeof(int)))) : item;
    }

    // Before vectors had dimensions.
    private static DataViewType LoadOldType(ModelLoadContext ctx)
    {
        bool isVector = ctx.Reader.ReadBoolean();
        int size = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(size > 0 || !isVector);
        NumberDataViewType item = LoadItemType(ctx);
        return isVector ? new VectorDataViewType(item, size) : item;
    }

    private static NumberDataViewType LoadItemType(ModelLoadContext ctx)
    {
        byte kind = ctx.Reader.ReadByte();
        Contracts.CheckDecode(kind is SingleKind or DoubleKind);
        return kind == SingleKind ? NumberDataViewType.Single : NumberDataViewType.Double;
    }

    /// <summary>What was learned for one column.</summary>
    internal sealed record Part(string OutputColumnName, string InputColumnName, DataViewType Type, NormalizerFunction Function);

    private sealed class Mapper(NormalizingTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [.. parent.ColumnPairs.Select((pair, i) =>
            {
                var annotations = new DataViewSchema.Annotations.Builder();
                annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
                annotations.Add(InputSchema[ColMapNewToOld[i]].Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
                return new DataViewSchema.DetachedColumn(pair.outputColumnName, parent._columns[i].Type, annotations.ToAnnotations());
            })];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            return parent._columns[iinfo].Function.GetGetter(input, input.Schema[ColMapNewToOld[iinfo]]);
        }
    }
}
