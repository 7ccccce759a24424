using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// One value of a column type, as a block of ML.NET's binary files with a single row: that is how annotations are stored.
/// A vector is the number of rows, its length, its count of values (-1 if dense), its indices, then the values.
/// </summary>
internal static class ValueCodec
{
    private const int Dense = -1;

    public static void Write(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType vector)
            GenericCall.Invoke<object>(WriteVector<int>, vector.ItemType.RawType, writer, annotations, column);
        else
            GenericCall.Invoke<object>(WriteScalar<int>, column.Type.RawType, writer, annotations, column);
    }

    /// <summary>Reads a value, and returns what an annotation needs: a ValueGetter of it.</summary>
    public static Delegate Read(BinaryReader reader, DataViewType type) => type is VectorDataViewType vector
        ? GenericCall.Invoke<Delegate>(ReadVector<int>, vector.ItemType.RawType, reader, vector)
        : GenericCall.Invoke<Delegate>(ReadScalar<int>, type.RawType, reader);

    private static object WriteScalar<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        ItemCodec.For<T>().Write(writer, [annotations.GetValue<T>(column.Name)]);
        return null;
    }

    private static object WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        VBuffer<T> value = annotations.GetValue<VBuffer<T>>(column.Name);
        var type = (VectorDataViewType)column.Type;
        Contracts.Check(!type.IsKnownSize || value.Length == type.Size, $"Length mismatch: expected {type.Size} slots but got {value.Length}");
        writer.Write(1);
        writer.Write(value.Length);
        if (value.Length == 0)
            writer.Write(0); // a length of zero says that each row's own follows
        writer.Write(value.IsDense ? Dense : value.GetValues().Length);
        writer.Write(value.GetIndices().Length);
        foreach (int index in value.GetIndices())
            writer.Write(index);
        ItemCodec.For<T>().Write(writer, value.GetValues());
        return null;
    }

    private static ValueGetter<T> ReadScalar<T>(BinaryReader reader)
    {
        T value = ItemCodec.For<T>().Read(reader, 1)[0];
        return (ref T destination) => destination = value;
    }

    private static ValueGetter<VBuffer<T>> ReadVector<T>(BinaryReader reader, VectorDataViewType type)
    {
        Contracts.CheckDecode(reader.ReadInt32() == 1);
        int length = reader.ReadInt32();
        if (length == 0)
            length = reader.ReadInt32();
        Contracts.CheckDecode(length >= 0 && (!type.IsKnownSize || length == type.Size));
        int count = reader.ReadInt32();
        Contracts.CheckDecode(count >= Dense && count <= length);
        int indexCount = reader.ReadInt32();
        Contracts.CheckDecode(indexCount == Math.Max(0, count));
        int[] indices = new NumberItemCodec<int>().Read(reader, indexCount);
        for (int i = 0; i < indexCount; i++)
            Contracts.CheckDecode(indices[i] > (i == 0 ? -1 : indices[i - 1]) && indices[i] < length);
        T[] values = ItemCodec.For<T>().Read(reader, count == Dense ? length : count);
        var value = new VBuffer<T>(length, values.Length, values, indices);
        return (ref VBuffer<T> destination) => value.CopyTo(ref destination);
    }
}
