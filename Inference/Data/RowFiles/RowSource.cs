using System.Numerics;

namespace OnnxAE.Inference;

/// <summary>Where rows come from: a file, a folder or a stream that can be read once.</summary>
internal sealed class RowSource
{
    private const int BufferSize = 1 << 16;

    private readonly Func<Stream> _open;
    private long _bytesRead;

    private RowSource(string name, Func<Stream> open)
    {
        Name = name;
        _open = open;
    }

    /// <summary>What to call it in messages.</summary>
    public string Name { get; }

    /// <summary>Whether it is a folder, of pictures.</summary>
    public bool IsFolder { get; private init; }

    /// <summary>Whether it can be read again.</summary>
    public bool IsRepeatable { get; private init; }

    /// <summary>Bytes of the file; null where nobody knows.</summary>
    public long? Length { get; private init; }

    /// <summary>Bytes that were read, by all readers together.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>The format that the name tells; null where it tells none.</summary>
    public RowFileFormat? NamedFormat { get; private init; }

    /// <summary>A file, a folder of pictures, or a named pipe or device, which is read once.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Ends a read that waits for a pipe, or for the one who writes to it.</param>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    public static RowSource OfPath(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return new RowSource(path, () => throw new InvalidOperationException($"'{path}' is a folder."))
            {
                IsFolder = true,
                IsRepeatable = true,
                NamedFormat = RowFileFormat.Pictures,
            };
        }

        if (SpecialFile.Is(path))
        {
            return new RowSource(path, () => new CancellableStream(() => Open(path), cancellationToken));
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder '{path}', expected rows to read.", path);
        }

        long length = new FileInfo(path).Length;
        return new RowSource(path, () => Open(path))
        {
            IsRepeatable = true,
            Length = length > 0 ? length : null,
            NamedFormat = FormatOf(path),
        };
    }

    /// <summary>A stream that is read once.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="cancellationToken">Ends a read that waits.</param>
    public static RowSource OfStream(Stream stream, string name, CancellationToken cancellationToken)
        => new(name, () => new CancellableStream(() => stream, cancellationToken));

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);

    /// <summary>The bytes from their beginning.</summary>
    public RowStream Open() => new(_open(), bytes => Interlocked.Add(ref _bytesRead, bytes));

    /// <summary>The format that a file's name tells, .gz left aside; null where it tells none.</summary>
    public static RowFileFormat? FormatOf(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".IDX" => RowFileFormat.Idx,
            ".CSV" or ".TSV" or ".TXT" => RowFileFormat.Csv,
            ".NPY" => RowFileFormat.Npy,
            _ when PictureFolder.IsPicture(path) => RowFileFormat.Pictures,
            _ => name.EndsWith("-ubyte", StringComparison.Ordinal) ? RowFileFormat.Idx : null, // as MNIST's own files
        };
    }
}

/// <summary>Opens files of rows.</summary>
internal static class RowReaders
{
    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another format, or its rows have another size.</exception>
    public static RowReader Open(RowSource source, RowFileOptions options)
    {
        if (source.IsFolder || (options.Format ?? source.NamedFormat) == RowFileFormat.Pictures)
        {
            if (!source.IsRepeatable || options.Format is not (null or RowFileFormat.Pictures))
            {
                throw new InvalidDataException($"'{source.Name}' is {(source.IsFolder ? "a folder" : "no folder")}: pictures, and nothing else, come as a file or the files of a folder.");
            }

            return OpenPictures(source, options);
        }

        RowStream content = source.Open();
        try
        {
            ReadOnlySpan<byte> start = content.Peek(PictureDecoder.MarkBytes);
            if (start.StartsWith<byte>([0x1F, 0x8B]))
            {
                content = new RowStream(new WholeGzipStream(content, source.Name));
                start = content.Peek(NpyHeader.Magic.Length);
            }

            if ((options.Format ?? source.NamedFormat) is null && PictureDecoder.IsMarked(start))
            {
                content.Dispose();
                return source.IsRepeatable ? OpenPictures(source, options)
                    : throw new InvalidDataException($"'{source.Name}' is a picture, expected rows: save it to a file, and name that or a folder of pictures.");
            }

            if (start.StartsWith("PK\x3\x4"u8))
            {
                throw new InvalidDataException($"'{source.Name}' is a zip archive, such as .npz and .xlsx are; take the rows out of it, for example by numpy.save('rows.npy', numpy.load('{Path.GetFileName(source.Name)}')['x']).");
            }

            return Open(content, source, options, options.Format ?? source.NamedFormat ?? FormatOf(start));
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static RowReader OpenPictures(RowSource source, RowFileOptions options) => options switch
    {
        { Bytes: BytePixels.Keep } => new PictureRowReader<byte>(source.Name, options),
        { IsDouble: true } => new PictureRowReader<double>(source.Name, options),
        _ => new PictureRowReader<float>(source.Name, options),
    };

    private static RowFileFormat FormatOf(ReadOnlySpan<byte> start)
        => start.StartsWith(NpyHeader.Magic) ? RowFileFormat.Npy : start.StartsWith<byte>([0, 0]) ? RowFileFormat.Idx : RowFileFormat.Csv;

    private static RowReader Open(RowStream content, RowSource source, RowFileOptions options, RowFileFormat format)
    {
        if (format == RowFileFormat.Csv)
        {
            return options.IsDouble ? new CsvRowReader<double>(content, options) : new CsvRowReader<float>(content, options);
        }

        ArrayHeader header = format == RowFileFormat.Npy ? NpyHeader.Read(content, source.Name) : IdxReader.ReadHeader(content, source.Name);
        if (header.ClaimedRowSize != options.RowSize)
        {
            string shape = header.RowShape.Count > 1 ? $" ({string.Join(" x ", header.RowShape)})" : "";
            throw new InvalidDataException(
                $"'{source.Name}' holds rows of {(header.ClaimedRowSize < 0 ? "countless" : $"{header.ClaimedRowSize:N0}")} values{shape}, expected {options.RowSize:N0}.");
        }

        header = header.GivenAs(options.RowShape, source.Name);
        return Type.GetTypeCode(header.Element) switch
        {
            TypeCode.Byte => options.Bytes == BytePixels.Keep ? Fixed<byte, byte>() : Numbers<byte>(),
            TypeCode.SByte or TypeCode.Boolean => Numbers<sbyte>(), // false and true are 0 and 1
            TypeCode.Int16 => Numbers<short>(),
            TypeCode.UInt16 => Numbers<ushort>(),
            TypeCode.Int32 => Numbers<int>(),
            TypeCode.UInt32 => Numbers<uint>(),
            TypeCode.Int64 => Numbers<long>(),
            TypeCode.UInt64 => Numbers<ulong>(),
            TypeCode.Double => Numbers<double>(),
            TypeCode.Single => Numbers<float>(),
            _ => Numbers<Half>(),
        };

        RowReader Numbers<TFile>()
            where TFile : unmanaged, INumber<TFile>
            => options.IsDouble ? Fixed<TFile, double>() : Fixed<TFile, float>();

        RowReader Fixed<TFile, T>()
            where TFile : unmanaged, INumber<TFile>
            where T : unmanaged, INumber<T>
        {
            RowConversion<TFile, T> convert = RowConversions.Create<TFile, T>(options.Bytes);
            if (header.IsChannelsLast)
            {
                convert = RowConversions.ToPlanes(convert, header.RowShape[^1]);
            }

            return header.IsColumnMajor
                ? ColumnMajorRowReader<TFile, T>.Read(content, source.Name, source.Length ?? 0, header, convert)
                : new FixedRowReader<TFile, T>(content, source.Name, header, convert);
        }
    }
}
