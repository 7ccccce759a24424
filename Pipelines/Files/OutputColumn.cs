using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>Hands the present row's values of a column to a writer.</summary>
internal abstract class OutputColumn
{
    /// <summary>The type that the values are written as.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Values a row.</summary>
    public abstract int Size { get; }

    /// <summary>Hands them over.</summary>
    public abstract void AppendTo(RowWriter writer);

    /// <summary>Hands over as many missing ones.</summary>
    public virtual void AppendMissing(RowWriter writer) => writer.AppendMissing(Size);

    /// <summary>Such a column for vectors of any type of number; truth values are written as 0 and 1.</summary>
    public static OutputColumn Create(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = ((VectorDataViewType)column.Type).ItemType.RawType;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Single => new OutputColumn<float>(row, column),
            TypeCode.Double => new OutputColumn<double>(row, column),
            TypeCode.SByte => new OutputColumn<sbyte>(row, column),
            TypeCode.Byte => new OutputColumn<byte>(row, column),
            TypeCode.Int16 => new OutputColumn<short>(row, column),
            TypeCode.UInt16 => new OutputColumn<ushort>(row, column),
            TypeCode.Int32 => new OutputColumn<int>(row, column),
            TypeCode.UInt32 => new OutputColumn<uint>(row, column),
            TypeCode.Int64 => new OutputColumn<long>(row, column),
            TypeCode.UInt64 => new OutputColumn<ulong>(row, column),
            TypeCode.Boolean => new TruthColumn(row, column),
            _ => throw new NotSupportedException($"The output '{column.Name}' holds {type.Name} values; numbers and truth values can be written."),
        };
    }
}

/// <summary>A column of vectors of numbers.</summary>
internal sealed class OutputColumn<T>(DataViewRow row, DataViewSchema.Column column) : OutputColumn
    where T : unmanaged, INumber<T>
{
    private readonly ValueGetter<VBuffer<T>> _get = row.GetGetter<VBuffer<T>>(column);
    private VBuffer<T> _values;

    public override Type ValueType => typeof(T);

    public override int Size { get; } = ((VectorDataViewType)column.Type).Size;

    public override void AppendTo(RowWriter writer)
    {
        _get(ref _values); // dense, as every output of a model is
        writer.Append(_values.GetValues());
    }
}

/// <summary>A column of vectors of truth values, written as 0 and 1.</summary>
internal sealed class TruthColumn(DataViewRow row, DataViewSchema.Column column) : OutputColumn
{
    private readonly ValueGetter<VBuffer<bool>> _get = row.GetGetter<VBuffer<bool>>(column);
    private VBuffer<bool> _values;

    public override Type ValueType => typeof(byte);

    public override int Size { get; } = ((VectorDataViewType)column.Type).Size;

    public override void AppendTo(RowWriter writer)
    {
        _get(ref _values);
        writer.Append(MemoryMarshal.Cast<bool, byte>(_values.GetValues()));
    }
}
