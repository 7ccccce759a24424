using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Reads a schema as <see cref="SchemaFormat"/> has it.</summary>
internal static class SchemaReader
{
    private const int LargestAnnotation = 1 << 28; // unpacked: a few bytes can claim to unpack to anything

    /// <exception cref="FormatException">The stream does not hold a schema, or a damaged one.</exception>
    public static DataViewSchema Read(MemoryStream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            return Read(reader);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or IOException)
        {
            throw Contracts.ExceptDecode("Corrupt model file: its schema cannot be read", e);
        }
    }

    private static DataViewSchema Read(BinaryReader reader)
    {
        Contracts.CheckDecode(reader.ReadUInt64() == SchemaFormat.Signature, "This does not appear to be a binary dataview file");
        Contracts.CheckDecode(reader.ReadUInt64() >= SchemaFormat.Version, "The schema's version is too old");
        Contracts.CheckDecode(reader.ReadUInt64() <= SchemaFormat.Version, "The schema's version is too new");
        long contents = reader.ReadInt64();
        long tail = reader.ReadInt64();
        reader.ReadInt64(); // rows: a schema has none
        int count = reader.ReadInt32();
        Seek(reader, tail);
        Contracts.CheckDecode(reader.ReadUInt64() == SchemaFormat.TailSignature);
        Seek(reader, contents);
        var builder = new DataViewSchema.Builder();
        for (int i = 0; i < count; i++)
            ReadColumn(reader, builder);
        Contracts.CheckDecode(reader.BaseStream.Position == tail);
        return builder.ToSchema();
    }

    private static void ReadColumn(BinaryReader reader, DataViewSchema.Builder builder)
    {
        string name = reader.ReadString();
        var (type, typeName) = TypeCodec.Read(reader);
        if (type is null)
            throw new NotSupportedException($"Column '{name}' has the type {typeName}, which this build of ML.NET does not have.");
        reader.ReadByte(); // compression of the rows
        reader.Read7BitEncodedInt();
        reader.ReadInt64();
        long annotations = reader.ReadInt64();
        long next = reader.BaseStream.Position;
        builder.AddColumn(name, type, annotations == 0 ? null : ReadAnnotations(reader, annotations));
        reader.BaseStream.Position = next;
    }

    private static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader, long position)
    {
        Seek(reader, position);
        var builder = new DataViewSchema.Annotations.Builder();
        int count = reader.Read7BitEncodedInt();
        for (int i = 0; i < count; i++)
        {
            string kind = reader.ReadString();
            DataViewType type = TypeCodec.Read(reader).Type;
            byte compression = reader.ReadByte();
            long start = reader.ReadInt64();
            long size = reader.Read7BitEncodedInt64();
            long next = reader.BaseStream.Position;
            if (type is not null) // one of a kind that is not known here is no loss: nothing here can ask for it
            {
                Seek(reader, start);
                ItemCodec.CheckLeft(reader, size);
                using var value = new BinaryReader(Unpack(reader.ReadBytes((int)size), compression));
                builder.Add(kind, type, ValueCodec.Read(value, type));
            }
            reader.BaseStream.Position = next;
        }
        return builder.ToAnnotations();
    }

    private static MemoryStream Unpack(byte[] bytes, byte compression)
    {
        if (compression == SchemaFormat.Uncompressed)
            return new MemoryStream(bytes);
        Contracts.CheckDecode(compression == SchemaFormat.Deflated);
        var plain = new MemoryStream();
        using var inflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        for (int read; (read = inflate.Read(buffer)) > 0;)
        {
            plain.Write(buffer, 0, read);
            Contracts.CheckDecode(plain.Length <= LargestAnnotation);
        }
        plain.Position = 0;
        return plain;
    }

    private static void Seek(BinaryReader reader, long position)
    {
        Contracts.CheckDecode(position >= SchemaFormat.HeaderSize && position <= reader.BaseStream.Length);
        reader.BaseStream.Position = position;
    }
}
