using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OnnxAE.Inference;

/// <summary>Fetches files of data sets over https: to a temporary name, checked, then renamed.</summary>
internal sealed class DataSetDownloader(HttpClient client)
{
    // A compressed file is never much longer than its content.
    private const long Slack = 1 << 20;

    /// <summary>Downloads one file from the first mirror that has it.</summary>
    /// <exception cref="IOException">No mirror gave a file that passes the check.</exception>
    public async Task DownloadAsync(
        DataSetInfo dataSet, DataSetFile file, string folder, IProgress<DataSetProgress>? progress, CancellationToken cancellation)
    {
        List<string> failures = [];
        foreach (Uri mirror in dataSet.Mirrors)
        {
            Uri address = new(mirror, file.Name + ".gz");
            if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            {
                failures.Add($"{address} is not an https address");
                continue;
            }

            string partial = Path.Combine(folder, $".{file.Name}.{Guid.NewGuid():N}.partial");
            try
            {
                await FetchAsync(address, partial, file, progress, cancellation).ConfigureAwait(false);
                if (ContentCheck.FindFault(partial, file) is { } fault)
                {
                    failures.Add($"what {address} sent {fault}");
                    continue;
                }

                File.Move(partial, Path.Combine(folder, file.Name + ".gz"), overwrite: true);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                failures.Add($"{address}: {e.Message.TrimEnd('.')}");
            }
            finally
            {
                File.Delete(partial);
            }
        }

        throw new IOException(string.Join("; ", failures));
    }

    private async Task FetchAsync(
        Uri address, string path, DataSetFile file, IProgress<DataSetProgress>? progress, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await client
            .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        long? total = response.Content.Headers.ContentLength;
        long most = file.Length + Slack;
        using Stream source = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

        byte[] buffer = new byte[1 << 16];
        long received = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            received += read;
            if (received > most)
            {
                throw new IOException($"sends more than the expected {most:N0} bytes");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            progress?.Report(new DataSetProgress(file.Name, received, total));
        }
    }
}

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
            {
                return $"holds more than the expected {expected.Length:N0} bytes"; // don't follow a gzip bomb to its end
            }

            hash.AppendData(buffer, 0, read);
        }

        if (length != expected.Length)
        {
            return $"holds {length:N0} bytes, expected {expected.Length:N0}";
        }

        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return found == expected.Sha256 ? null : $"has the SHA-256 {found}, expected {expected.Sha256}";
    }
}
