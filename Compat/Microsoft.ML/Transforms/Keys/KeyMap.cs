using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>A dictionary from values to keys: the first value is key 1, missing and unknown values are key 0.</summary>
internal abstract class KeyMap
{
    private protected KeyMap(PrimitiveDataViewType itemType, int count)
    {
        ItemType = itemType;
        Count = count;
        KeyType = new KeyDataViewType(typeof(uint), Math.Max(1, count));
    }

    public PrimitiveDataViewType ItemType { get; }

    public int Count { get; }

    /// <summary>A key type must not be empty: without any value it has one that is never used.</summary>
    public KeyDataViewType KeyType { get; }

    /// <summary>A ValueGetter of keys, or of vectors of keys, for a column of the item type or of vectors of it.</summary>
    public abstract Delegate GetGetter(DataViewRow input, DataViewSchema.Column column);

    /// <summary>Adds what the keys stand for.</summary>
    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText);

    public abstract void Save(ModelSaveContext ctx);

    public abstract void WriteText(TextWriter writer);

    public static KeyMap Load(ModelLoadContext ctx)
    {
        byte kind = ctx.Reader.ReadByte();
        if (kind == KeyMap<ReadOnlyMemory<char>>.TextKind)
        {
            var terms = new string[ctx.ReadCount(sizeof(int))];
            for (int i = 0; i < terms.Length; i++)
                terms[i] = ctx.LoadNonEmptyString();
            return new KeyMap<ReadOnlyMemory<char>>(TextDataViewType.Instance, [.. terms.Select(term => term.AsMemory())]);
        }

        Contracts.CheckDecode(kind == KeyMap<int>.NumberKind);
        string typeName = ctx.Reader.ReadString();
        Contracts.CheckDecode(ctx.Reader.ReadByte() == 0, $"Cannot read dictionary of values of type {typeName}");
        DataViewType type = TermType.Find(typeName);
        return GenericCall.Invoke<KeyMap>(LoadNumbers<int>, type.RawType, ctx, type);
    }

    private static KeyMap<T> LoadNumbers<T>(ModelLoadContext ctx, PrimitiveDataViewType type)
        where T : unmanaged => new(type, ctx.ReadValues<T>(ctx.Reader.ReadInt32()));
}
