namespace Microsoft.ML;

/// <summary>
/// A schema is stored as ML.NET's binary data file without rows. Its header of 256 bytes: signature, version, the oldest version
/// that can read it, where the table of contents and the tail are, the number of rows and of columns. The table has for each column
/// its name, its type, how its blocks are compressed, the rows in one, where its blocks are listed and where its annotations are
/// (0 for none). Annotations are a table of their own: kind, type, compression, place and size of the value.
/// </summary>
internal static class SchemaFormat
{
    public const int HeaderSize = 256;
    public const ulong Signature = 0x00425644004C4D43; // "CML\0DVB\0"
    public const ulong TailSignature = 0x434D4C0044564200; // the same, backwards
    public const ulong Version = 0x0001000100010006;
    public const byte Uncompressed = 0;
    public const byte Deflated = 1;
}
