using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>Writes a schema as <see cref="SchemaFormat"/> has it.</summary>
internal static class SchemaWriter
{
    public static void Write(DataViewSchema schema, Stream stream, bool keepHidden = true)
    {
        DataViewSchema.Column[] columns = [.. schema.Where(c => keepHidden || !c.IsHidden)];
        // Built in memory: positions count from its start, and the header needs them all.
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(new byte[SchemaFormat.HeaderSize]);
        long blocks = file.Position; // no rows, so no blocks: every column's list of them is empty, and here
        long[] annotations = Array.ConvertAll(columns, column => WriteAnnotations(writer, column.Annotations));
        long contents = file.Position;
        for (int i = 0; i < columns.Length; i++)
        {
            writer.Write(columns[i].Name);
            TypeCodec.Write(writer, columns[i].Type);
            writer.Write(SchemaFormat.Deflated);
            writer.Write7BitEncodedInt(1); // rows in a block
            writer.Write(blocks);
            writer.Write(annotations[i]);
        }
        long tail = file.Position;
        writer.Write(SchemaFormat.TailSignature);

        file.Position = 0;
        writer.Write(SchemaFormat.Signature);
        writer.Write(SchemaFormat.Version);
        writer.Write(SchemaFormat.Version);
        writer.Write(contents);
        writer.Write(tail);
        writer.Write(0L); // rows
        writer.Write(columns.Length);
        file.WriteTo(stream);
    }

    private static long WriteAnnotations(BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        if (annotations.Schema.Count == 0)
            return 0;
        var places = new List<(long Start, byte Compression, long Size)>();
        foreach (DataViewSchema.Column annotation in annotations.Schema)
        {
            long start = writer.BaseStream.Position;
            byte compression = WriteValue(writer, annotations, annotation);
            places.Add((start, compression, writer.BaseStream.Position - start));
        }
        long table = writer.BaseStream.Position;
        writer.Write7BitEncodedInt(places.Count);
        foreach (DataViewSchema.Column annotation in annotations.Schema)
        {
            var (start, compression, size) = places[annotation.Index];
            writer.Write(annotation.Name);
            TypeCodec.Write(writer, annotation.Type);
            writer.Write(compression);
            writer.Write(start);
            writer.Write7BitEncodedInt64(size);
        }
        return table;
    }

    // Compressed where that is shorter.
    private static byte WriteValue(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        using var plain = new MemoryStream();
        using var plainWriter = new BinaryWriter(plain);
        ValueCodec.Write(plainWriter, annotations, annotation);
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionMode.Compress, leaveOpen: true))
            plain.WriteTo(deflate);
        bool isShorter = deflated.Length < plain.Length;
        (isShorter ? deflated : plain).WriteTo(writer.BaseStream);
        return isShorter ? SchemaFormat.Deflated : SchemaFormat.Uncompressed;
    }
}
