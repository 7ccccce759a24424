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
            return () => (int)cursor.Position;
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
internal abstract class FeatureRows
{
    private protected FeatureRows(DataViewSchema.Column column)
    {
        Column = column;
        Packed = new PackedRows(((VectorDataViewType)column.Type).Size);
    }

    public DataViewSchema.Column Column { get; }

    public PackedRows Packed { get; }

    /// <summary>What adds a cursor's row.</summary>
    public abstract Action Open(DataViewRowCursor cursor);

    public static FeatureRows Of(DataViewSchema.Column column) => Type.GetTypeCode(((VectorDataViewType)column.Type).ItemType.RawType) switch
    {
        TypeCode.Single => new FeatureRows<float>(column),
        TypeCode.Double => new FeatureRows<double>(column),
        TypeCode.Byte => new FeatureRows<byte>(column),
        TypeCode.SByte => new FeatureRows<sbyte>(column),
        TypeCode.Int16 => new FeatureRows<short>(column),
        TypeCode.UInt16 => new FeatureRows<ushort>(column),
        TypeCode.Int32 => new FeatureRows<int>(column),
        TypeCode.UInt32 => new FeatureRows<uint>(column),
        TypeCode.Int64 => new FeatureRows<long>(column),
        _ => new FeatureRows<ulong>(column),
    };
}

/// <summary>Reads vectors of one type of number.</summary>
internal sealed class FeatureRows<T>(DataViewSchema.Column column) : FeatureRows(column)
    where T : struct, INumberBase<T>
{
    public override Action Open(DataViewRowCursor cursor)
    {
        ValueGetter<VBuffer<T>> getValues = cursor.GetGetter<VBuffer<T>>(Column);
        VBuffer<T> buffer = default;
        T[] dense = new T[Packed.Dimension];
        double[] values = new double[Packed.Dimension];
        return () =>
        {
            getValues(ref buffer);
            buffer.CopyTo(dense);
            for (int i = 0; i < dense.Length; i++)
                values[i] = double.CreateSaturating(dense[i]);
            Packed.Add(values);
        };
    }
}
