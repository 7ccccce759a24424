using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OnnxAE.Inference;

/// <summary>Compares files with what is pinned for them, whatever their packing.</summary>
internal static class ContentCheck
{
    /// <summary>Null if the file holds what is pinned, else what is wrong with it, to follow its name.</summary>
    public static string? FindFault(string path, DataSetFile expected)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[2];
            bool gzip = file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [0x1F, 0x8B];
            file.Position = 0;
            using Stream content = gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            return FindFault(content, expected);
        }
        catch (InvalidDataException)
        {
            return "holds a damaged gzip stream";
        }
        catch (UnauthorizedAccessException)
        {
            return "can't be opened";
        }
    }

    /// <summary>One hash for a whole data set: that of its files' hashes.</summary>
    public static string HashOf(DataSetInfo dataSet)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(dataSet.Files.Select(f => f.Sha256)))));

    private static string? FindFault(Stream content, DataSetFile expected)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        while (content.Read(buffer) is var read and > 0)
        {
            length += read;
            if (length > expected.Length)
                return $"holds more than the expected {expected.Length:N0} bytes"; // don't follow a gzip bomb to its end
            hash.AppendData(buffer, 0, read);
        }

        if (length != expected.Length)
            return $"holds {length:N0} bytes, expected {expected.Length:N0}";
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return found == expected.Sha256 ? null : $"has the SHA-256 {found}, expected {expected.Sha256}";
    }
}
