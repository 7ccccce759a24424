using System.IO.Compression;
using Microsoft.ML;

namespace OnnxAE.Tests.Compat.ML;

/// <summary>Saved models taken apart into their entries, and put together again.</summary>
internal static class Archive
{
    private const int HeaderSize = 256;
    private const int BodyLength = 0x18;
    private const int Tail = 0x80;
    private const int AssemblyName = 0x90;

    public static Dictionary<string, byte[]> Save(MLContext context, ITransformer model, DataViewSchema? schema)
    {
        using var stream = new MemoryStream();
        context.Model.Save(model, schema, stream);
        return Entries(stream.ToArray());
    }

    public static ITransformer Load(MLContext context, Dictionary<string, byte[]> entries)
    {
        using var stream = new MemoryStream(Zip(entries));
        return context.Model.Load(stream, out _);
    }

    public static Dictionary<string, byte[]> Entries(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using Stream source = e.Open();
            using var content = new MemoryStream();
            source.CopyTo(content);
            return content.ToArray();
        });
    }

    public static byte[] Zip(Dictionary<string, byte[]> entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using Stream target = archive.CreateEntry(name).Open();
                target.Write(content);
            }
        }
        return stream.ToArray();
    }

    /// <summary>A stored model (one without strings) with other content behind the same header.</summary>
    public static byte[] WithBody(byte[] entry, byte[] body)
    {
        int difference = body.Length - (int)BitConverter.ToInt64(entry, BodyLength);
        byte[] result = [.. entry[..HeaderSize], .. body, .. entry[(body.Length - difference + HeaderSize)..]];
        BitConverter.TryWriteBytes(result.AsSpan(BodyLength), (long)body.Length);
        foreach (int position in new[] { Tail, Tail + sizeof(long), AssemblyName })
            BitConverter.TryWriteBytes(result.AsSpan(position), BitConverter.ToInt64(entry, position) + difference);
        return result;
    }
}
