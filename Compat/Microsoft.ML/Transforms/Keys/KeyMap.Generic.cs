using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>A dictionary of text or of numbers of one type.</summary>
internal sealed class KeyMap<T> : KeyMap
{
    public const byte TextKind = 0;
    public const byte NumberKind = 1;

    private readonly T[] _terms;
    private readonly Dictionary<T, uint> _keys = new(TermType.GetEquality<T>());

    /// <exception cref="FormatException">Two terms are the same.</exception>
    public KeyMap(PrimitiveDataViewType itemType, T[] terms)
        : base(itemType, terms.Length)
    {
        _terms = terms;
        for (int i = 0; i < terms.Length; i++)
            Contracts.CheckDecode(_keys.TryAdd(terms[i], (uint)i + 1), $"Duplicate items at positions {_keys.GetValueOrDefault(terms[i]) - 1} and {i}");
    }

    public override Delegate GetGetter(DataViewRow input, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return GetVectorGetter(input.GetGetter<VBuffer<T>>(column));

        ValueGetter<T> source = input.GetGetter<T>(column);
        T value = default;
        return (ValueGetter<uint>)((ref uint key) =>
        {
            source(ref value);
            key = GetKey(value);
        });
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText)
    {
        if (Count == 0)
            return;
        if (asText && ItemType is not TextDataViewType)
        {
            ReadOnlyMemory<char>[] names = [.. _terms.Select(term => FormattableString.Invariant($"{term}").AsMemory())];
            builder.AddKeyValues(Count, TextDataViewType.Instance, (ref VBuffer<ReadOnlyMemory<char>> values) => Copy(names, ref values));
        }
        else
        {
            builder.AddKeyValues(Count, ItemType, (ref VBuffer<T> values) => Copy(_terms, ref values));
        }
    }

    public override void Save(ModelSaveContext ctx)
    {
        if (_terms is ReadOnlyMemory<char>[] texts)
        {
            ctx.Writer.Write(TextKind);
            ctx.Writer.Write(texts.Length);
            foreach (ReadOnlyMemory<char> text in texts)
                ctx.SaveNonEmptyString(text.ToString());
            return;
        }

        ctx.Writer.Write(NumberKind);
        ctx.Writer.Write(typeof(T).Name);
        ctx.Writer.Write((byte)0); // numbers have no parameters
        ctx.Writer.Write(_terms.Length);
        GenericCall.Invoke<int>(WriteNumbers<int>, typeof(T), ctx, _terms);
    }

    public override void WriteText(TextWriter writer)
    {
        writer.WriteLine(ItemType is TextDataViewType ? $"# Number of terms = {Count}" : $"# Number of terms of type '{ItemType}' = {Count}");
        for (int i = 0; i < _terms.Length; i++)
            writer.WriteLine(FormattableString.Invariant($"{i}\t{_terms[i]}"));
    }

    private uint GetKey(T value) => TermType.IsMissing(value) ? 0 : _keys.GetValueOrDefault(value);

    private ValueGetter<VBuffer<uint>> GetVectorGetter(ValueGetter<VBuffer<T>> source)
    {
        VBuffer<T> buffer = default;
        VBuffer<T> dense = default;
        return (ref VBuffer<uint> keys) =>
        {
            source(ref buffer);
            buffer.CopyToDense(ref dense);
            VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, dense.Length);
            ReadOnlySpan<T> values = dense.GetValues();
            for (int i = 0; i < values.Length; i++)
                editor.Values[i] = GetKey(values[i]);
            keys = editor.Commit();
        };
    }

    private static void Copy<TValue>(TValue[] source, ref VBuffer<TValue> destination)
    {
        VBufferEditor<TValue> editor = VBufferEditor.Create(ref destination, source.Length);
        source.CopyTo(editor.Values);
        destination = editor.Commit();
    }

    private static int WriteNumbers<TNumber>(ModelSaveContext ctx, TNumber[] numbers)
        where TNumber : unmanaged
    {
        ctx.WriteValues<TNumber>(numbers);
        return numbers.Length;
    }
}
