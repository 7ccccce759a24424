using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private const string MapsFolder = "Vocabulary";

    private static readonly VersionInfo Version = new(
        modelSignature: "TERMTRNF",
        verWrittenCur: 0x00010003,
        verReadableCur: 0x00010003,
        verWeCanReadBack: 0x00010003,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);

    private static readonly VersionInfo MapsVersion = new(
        modelSignature: "TERM MAN",
        verWrittenCur: 0x00010002,
        verReadableCur: 0x00010002,
        verWeCanReadBack: 0x00010002,
        loaderSignature: "TermManager",
        loaderAssemblyName: AssemblyNames.Data);

    private readonly KeyMap[] _maps;
    private readonly bool[] _textKeyValues;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, params Part[] parts)
        : base(env, [.. parts.Select(part => (part.OutputColumnName, part.InputColumnName))])
    {
        _maps = [.. parts.Select(part => part.Map)];
        _textKeyValues = [.. parts.Select(part => part.TextKeyValues)];
    }

    private ValueToKeyMappingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx)
    {
        _textKeyValues = [.. ctx.ReadValues<byte>(ColumnPairs.Length).Select(flag => flag != 0)];
        _maps = new KeyMap[ColumnPairs.Length];
        bool found = ctx.TryProcessSubModel(MapsFolder, maps =>
        {
            maps.CheckAtModel(MapsVersion);
            Contracts.CheckDecode(maps.Reader.ReadInt32() == _maps.Length);
            for (int i = 0; i < _maps.Length; i++)
                _maps[i] = KeyMap.Load(maps);
        });
        Contracts.CheckDecode(found, $"Missing {MapsFolder} model");
    }

    internal static ValueToKeyMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new ValueToKeyMappingTransformer(env, ctx);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        DataViewType item = inputSchema[srcCol].Type.GetItemType();
        Contracts.Check(item.Equals(_maps[col].ItemType),
            $"Could not apply a map over type '{_maps[col].ItemType}' to column '{ColumnPairs[col].outputColumnName}' since it has type '{item}'");
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        foreach (bool text in _textKeyValues)
            ctx.Writer.Write(text);
        ctx.SaveSubModel(MapsFolder, maps =>
        {
            maps.SetVersionInfo(MapsVersion);
            maps.Writer.Write(_maps.Length);
            foreach (KeyMap map in _maps)
                map.Save(maps);
            maps.SaveTextStream("Terms.txt", writer =>
            {
                foreach (KeyMap map in _maps)
                    map.WriteText(writer);
            });
        });
    }

    /// <summary>What was learned for one column.</summary>
    internal sealed record Part(string OutputColumnName, string InputColumnName, KeyMap Map, bool TextKeyValues);

    private sealed class Mapper(ValueToKeyMappingTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [.. parent.ColumnPairs.Select((pair, i) =>
            {
                DataViewSchema.Column source = InputSchema[ColMapNewToOld[i]];
                KeyMap map = parent._maps[i];
                var annotations = new DataViewSchema.Annotations.Builder();
                map.AddKeyValues(annotations, parent._textKeyValues[i]);
                annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
                DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(map.KeyType, vector.Dimensions) : map.KeyType;
                return new DataViewSchema.DetachedColumn(pair.outputColumnName, type, annotations.ToAnnotations());
            })];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer)
        {
            disposer = null;
            return parent._maps[iinfo].GetGetter(input, input.Schema[ColMapNewToOld[iinfo]]);
        }
    }
}
