using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>
/// Shows the download of a data set's files as one way from 0 to 1. It reports on the calling thread, since
/// <see cref="Progress{T}"/> would report late and out of order.
/// </summary>
internal sealed class DownloadProgress(DataSetStore store, IProgressStep step) : IProgress<DataSetProgress>
{
    /// <inheritdoc/>
    public void Report(DataSetProgress value)
    {
        var names = store.Known.Select(set => set.Files.Select(file => file.Name).ToList());
        var files = names.First(set => set.Exists(name => IsOf(value, name)));
        double part = value.TotalBytes is > 0 and long total ? (double)value.BytesReceived / total : 0;
        step.Report((files.FindIndex(name => IsOf(value, name)) + part) / files.Count, $"{value.File}, {value.BytesReceived / 1e6:F1} MB");
    }

    private static bool IsOf(DataSetProgress value, string name) => value.File.StartsWith(name, StringComparison.Ordinal);
}
