using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// Column types as ML.NET's binary files describe them: a name, the length of what follows, and, for vectors and keys,
/// the item type's own description with the extents or the key count.
/// </summary>
internal static class TypeCodec
{
    private const string Vector = "VBuffer";
    private const string Key = "Key2";
    private const string Text = "TextSpan";
    private const int MostDimensions = 64;

    private static readonly Dictionary<string, PrimitiveDataViewType> Simple = new PrimitiveDataViewType[]
    {
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        RowIdDataViewType.Instance,
    }.ToDictionary(type => type is TextDataViewType ? Text : type.RawType.Name);

    public static void Write(BinaryWriter writer, DataViewType type)
    {
        using var parameters = new MemoryStream();
        using var parameterWriter = new BinaryWriter(parameters);
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(Vector);
                Write(parameterWriter, vector.ItemType);
                parameterWriter.Write(vector.Dimensions.Length);
                foreach (int dimension in vector.Dimensions)
                    parameterWriter.Write(dimension);
                break;
            case KeyDataViewType key:
                writer.Write(Key);
                Write(parameterWriter, DataViewTypeExtensions.PrimitiveTypeOrNull(key.RawType));
                parameterWriter.Write(key.Count);
                break;
            default:
                writer.Write(type is TextDataViewType ? Text : type.RawType.Name);
                break;
        }
        writer.Write7BitEncodedInt64(parameters.Length);
        writer.Write(parameters.GetBuffer(), 0, (int)parameters.Length);
    }

    /// <summary>Reads a description; a type that is not known here is passed over and comes back null, with its name.</summary>
    public static (DataViewType Type, string Name) Read(BinaryReader reader)
    {
        string name = reader.ReadString();
        long length = reader.Read7BitEncodedInt64();
        long end = reader.BaseStream.Position + length;
        Contracts.CheckDecode(length >= 0 && end <= reader.BaseStream.Length);
        DataViewType type = name switch
        {
            Vector => ReadVector(reader),
            Key => ReadKey(reader),
            _ => Simple.GetValueOrDefault(name),
        };
        if (type is null)
            reader.BaseStream.Position = end;
        Contracts.CheckDecode(reader.BaseStream.Position == end);
        return (type, name);
    }

    private static VectorDataViewType ReadVector(BinaryReader reader)
    {
        if (Read(reader).Type is not PrimitiveDataViewType item)
            return null;
        int count = reader.ReadInt32();
        Contracts.CheckDecode(count is >= 0 and <= MostDimensions);
        var dimensions = new int[count];
        long size = 1;
        for (int i = 0; i < count; i++)
        {
            dimensions[i] = reader.ReadInt32();
            Contracts.CheckDecode(dimensions[i] >= 0 && (size *= dimensions[i]) <= int.MaxValue);
        }
        return count == 0 ? new VectorDataViewType(item) : new VectorDataViewType(item, dimensions);
    }

    private static KeyDataViewType ReadKey(BinaryReader reader)
    {
        DataViewType item = Read(reader).Type;
        ulong count = reader.ReadUInt64();
        Contracts.CheckDecode(item is not null && KeyDataViewType.IsValidDataType(item.RawType) && count > 0);
        Contracts.CheckDecode(item.RawType == typeof(ulong) || count <= (1UL << (8 * System.Runtime.InteropServices.Marshal.SizeOf(item.RawType))) - 1);
        return new KeyDataViewType(item.RawType, count);
    }
}
