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
                throw new IOException($"sends more than the expected {most:N0} bytes");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            progress?.Report(new DataSetProgress(file.Name, received, total));
        }
    }
}
