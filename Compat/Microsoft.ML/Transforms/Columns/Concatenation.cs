using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>One column made of several others, scalars or vectors, end to end.</summary>
internal sealed class Concatenation
{
    private readonly DataViewSchema.Column[] _sources;
    private readonly ColumnConcatenatingTransformer.Part _part;

    public Concatenation(DataViewSchema inputSchema, ColumnConcatenatingTransformer.Part part)
    {
        _part = part;
        _sources = Array.ConvertAll(part.Sources, source =>
            inputSchema.GetColumnOrNull(source.Name) ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", source.Name));
        var item = (PrimitiveDataViewType)_sources[0].Type.GetItemType();
        foreach (DataViewSchema.Column source in _sources)
        {
            if (!source.Type.GetItemType().Equals(item))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", source.Name, item.ToString(), source.Type.ToString());
        }
        Output = IsIdentity
            ? new DataViewSchema.DetachedColumn(part.Name, _sources[0].Type, _sources[0].Annotations)
            : CreateOutput(item);
    }

    public DataViewSchema.DetachedColumn Output { get; }

    public IEnumerable<int> SourceIndices => _sources.Select(source => source.Index);

    // A single vector is passed on as it is.
    private bool IsIdentity => _sources is [{ Type: VectorDataViewType }];

    public Delegate GetGetter(DataViewRow input) => IsIdentity
        ? RowCursorUtils.GetGetterAsDelegate(input, input.Schema[_sources[0].Index])
        : GenericCall.Invoke<Delegate>(GetGetter<int>, Output.Type.GetItemType().RawType, input);

    private DataViewSchema.DetachedColumn CreateOutput(PrimitiveDataViewType item)
    {
        int size = _sources.Any(c => c.Type.GetValueCount() == 0) ? 0 : _sources.Sum(c => c.Type.GetValueCount());
        var annotations = new DataViewSchema.Annotations.Builder();
        if (item is NumberDataViewType && _sources.All(c => c.IsNormalized()))
            annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        if (size > 0 && _sources.Any(c => c.Type is not VectorDataViewType || c.HasSlotNames()))
        {
            ReadOnlyMemory<char>[] names = [.. _sources.SelectMany((c, i) => GetSlotNames(c, _part.Sources[i].Alias)).Select(name => name.AsMemory())];
            annotations.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> value) => value = new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names]));
        }
        return new DataViewSchema.DetachedColumn(_part.Name, new VectorDataViewType(item, size), annotations.ToAnnotations());
    }

    private static IEnumerable<string> GetSlotNames(DataViewSchema.Column column, string alias)
    {
        string name = alias ?? column.Name;
        if (column.Type is not VectorDataViewType vector)
            return [name];
        if (!column.HasSlotNames())
            return Enumerable.Repeat("", vector.Size);
        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        return slots.DenseValues().Select(slot => slot.IsEmpty ? "" : alias == column.Name ? slot.ToString() : $"{name}.{slot}");
    }

    private ValueGetter<VBuffer<T>> GetGetter<T>(DataViewRow input)
    {
        Action<List<T>>[] readers = Array.ConvertAll(_sources, source => GetReader<T>(input, input.Schema[source.Index]));
        var values = new List<T>();
        return (ref VBuffer<T> value) =>
        {
            values.Clear();
            foreach (Action<List<T>> read in readers)
                read(values);
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, values.Count);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        };
    }

    private static Action<List<T>> GetReader<T>(DataViewRow input, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType type)
        {
            ValueGetter<T> scalar = input.GetGetter<T>(column);
            T item = default;
            return values =>
            {
                scalar(ref item);
                values.Add(item);
            };
        }

        ValueGetter<VBuffer<T>> vector = input.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        VBuffer<T> dense = default;
        return values =>
        {
            vector(ref buffer);
            Contracts.Check(type.Size == 0 || buffer.Length == type.Size, $"Column '{column.Name}': expected {type.Size} slots, but got {buffer.Length}");
            buffer.CopyToDense(ref dense);
            values.AddRange(dense.GetValues());
        };
    }
}
