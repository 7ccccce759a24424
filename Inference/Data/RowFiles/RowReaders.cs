using System.Numerics;

namespace OnnxAE.Inference;

/// <summary>Opens files of rows.</summary>
internal static class RowReaders
{
    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another format, or its rows have another size.</exception>
    public static RowReader Open(RowSource source, RowFileOptions options)
    {
        if (source.IsFolder || options.Format == RowFileFormat.Pictures)
        {
            if (!source.IsFolder || options.Format is not (null or RowFileFormat.Pictures))
                throw new InvalidDataException($"'{source.Name}' is {(source.IsFolder ? "a folder" : "no folder")}: pictures, and nothing else, come as the files of a folder.");
            return options switch
            {
                { Bytes: BytePixels.Keep } => new PictureRowReader<byte>(source.Name, options),
                { IsDouble: true } => new PictureRowReader<double>(source.Name, options),
                _ => new PictureRowReader<float>(source.Name, options),
            };
        }

        RowStream content = source.Open();
        try
        {
            ReadOnlySpan<byte> start = content.Peek(NpyHeader.Magic.Length);
            if (start.StartsWith<byte>([0x1F, 0x8B]))
            {
                content = new RowStream(new WholeGzipStream(content, source.Name));
                start = content.Peek(NpyHeader.Magic.Length);
            }

            return Open(content, source, options, options.Format ?? source.NamedFormat ?? FormatOf(start));
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static RowFileFormat FormatOf(ReadOnlySpan<byte> start)
        => start.StartsWith(NpyHeader.Magic) ? RowFileFormat.Npy : start.StartsWith<byte>([0, 0]) ? RowFileFormat.Idx : RowFileFormat.Csv;

    private static RowReader Open(RowStream content, RowSource source, RowFileOptions options, RowFileFormat format)
    {
        if (format == RowFileFormat.Csv)
            return options.IsDouble ? new CsvRowReader<double>(content, options) : new CsvRowReader<float>(content, options);

        ArrayHeader header = format == RowFileFormat.Npy ? NpyHeader.Read(content, source.Name) : IdxReader.ReadHeader(content, source.Name);
        if (header.ClaimedRowSize != options.RowSize)
        {
            string shape = header.RowShape.Count > 1 ? $" ({string.Join(" x ", header.RowShape)})" : "";
            throw new InvalidDataException(
                $"'{source.Name}' holds rows of {(header.ClaimedRowSize < 0 ? "countless" : $"{header.ClaimedRowSize:N0}")} values{shape}, expected {options.RowSize:N0}.");
        }

        return Type.GetTypeCode(header.Element) switch
        {
            TypeCode.Byte => options.Bytes == BytePixels.Keep ? Fixed<byte, byte>() : Numbers<byte>(),
            TypeCode.Int32 => Numbers<int>(),
            TypeCode.Int64 => Numbers<long>(),
            TypeCode.Double => Numbers<double>(),
            _ => Numbers<float>(),
        };

        RowReader Numbers<TFile>()
            where TFile : unmanaged, INumber<TFile>
            => options.IsDouble ? Fixed<TFile, double>() : Fixed<TFile, float>();

        FixedRowReader<TFile, T> Fixed<TFile, T>()
            where TFile : unmanaged, INumber<TFile>
            where T : unmanaged, INumber<T>
            => new(content, source.Name, header, RowConversions.Create<TFile, T>(options.Bytes));
    }
}
