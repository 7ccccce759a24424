using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

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
