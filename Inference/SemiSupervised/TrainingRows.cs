using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>The rows to train on: their order, ids and labels, read once.</summary>
internal sealed class TrainingRows
{
    private readonly Dictionary<DataViewRowId, int>? _places;
    private readonly List<int> _labels;

    private TrainingRows(IDataView input, int classCount, List<int> labels, Dictionary<DataViewRowId, int>? places)
    {
        Input = input;
        ClassCount = classCount;
        _labels = labels;
        _places = places;
        LabeledCount = labels.Count(label => label != 0);
    }

    public IDataView Input { get; }

    public int ClassCount { get; }

    public int Count => _labels.Count;

    public int LabeledCount { get; }

    /// <summary>Whether a row is found in whatever order rows come. Ids may be the same in views from elsewhere.</summary>
    public bool HaveOwnIds => _places is not null;

    /// <summary>Labels as keys, from 1; 0 for missing.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Reads the labels, and features beside them where they are wanted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more classes and rows than fit into memory.</exception>
    /// <exception cref="InvalidOperationException">No row has a label.</exception>
    public static TrainingRows Read(IDataView input, string labelColumnName, FeatureRows? features = null)
    {
        DataViewSchema.Column label = input.Schema[labelColumnName];
        ulong classCount = ((KeyDataViewType)label.Type).Count;
        List<int> labels = [];
        Dictionary<DataViewRowId, int> places = [];
        using (DataViewRowCursor cursor = input.GetRowCursor(features is null ? [label] : [label, features.Column]))
        {
            ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            Action? addFeatures = features?.Open(cursor);
            uint key = 0;
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                getLabel(ref key);
                getId(ref id);
                places.TryAdd(id, labels.Count);
                labels.Add(key <= classCount ? (int)Math.Min(key, int.MaxValue) : 0);
                addFeatures?.Invoke();
            }
        }

        if (classCount * (ulong)Math.Max(1, labels.Count) > (ulong)Array.MaxLength)
        {
            throw SchemaErrors.Mismatch("label", labelColumnName, $"a key of at most {Array.MaxLength / Math.Max(1, labels.Count)} classes for {labels.Count} rows",
                label.Type.ToString()!, nameof(input));
        }

        TrainingRows rows = new(input, (int)classCount, labels, places.Count == labels.Count ? places : null);
        return rows.LabeledCount > 0 ? rows : throw new InvalidOperationException(
            $"None of the {rows.Count} rows has a label in column '{labelColumnName}': semi-supervised training needs one of every class at least.");
    }

    /// <summary>Finds the place of a cursor's row.</summary>
    public Func<int> Locate(DataViewRowCursor cursor)
    {
        if (_places is null)
        {
            return () => (int)cursor.Position;
        }

        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        DataViewRowId id = default;
        return () =>
        {
            getId(ref id);
            return _places.TryGetValue(id, out int place) ? place : throw new InvalidOperationException(
                $"The training rows changed while they were being read: row {id} was not there before. Cache them first.");
        };
    }
}

/// <summary>Reads a column of vectors, of whatever numbers, into packed rows.</summary>
/// <param name="column">The column.</param>
internal sealed class FeatureRows(DataViewSchema.Column column)
{
    public DataViewSchema.Column Column => column;

    public PackedRows Packed { get; } = new(((VectorDataViewType)column.Type).Size);

    /// <summary>What adds a cursor's row.</summary>
    public Action Open(DataViewRowCursor cursor) => Type.GetTypeCode(((VectorDataViewType)column.Type).ItemType.RawType) switch
    {
        TypeCode.Single => Open<float>(cursor),
        TypeCode.Double => Open<double>(cursor),
        TypeCode.Byte => Open<byte>(cursor),
        TypeCode.SByte => Open<sbyte>(cursor),
        TypeCode.Int16 => Open<short>(cursor),
        TypeCode.UInt16 => Open<ushort>(cursor),
        TypeCode.Int32 => Open<int>(cursor),
        TypeCode.UInt32 => Open<uint>(cursor),
        TypeCode.Int64 => Open<long>(cursor),
        _ => Open<ulong>(cursor),
    };

    private Action Open<T>(DataViewRowCursor cursor)
        where T : struct, INumberBase<T>
    {
        ValueGetter<VBuffer<T>> getValues = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        T[] dense = new T[Packed.Dimension];
        double[] values = new double[Packed.Dimension];
        return () =>
        {
            getValues(ref buffer);
            buffer.CopyTo(dense);
            for (int i = 0; i < dense.Length; i++)
            {
                values[i] = double.CreateSaturating(dense[i]);
            }

            Packed.Add(values);
        };
    }
}
