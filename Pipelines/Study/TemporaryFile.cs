namespace OnnxAE.Pipelines;

/// <summary>A file that a step needs only for itself.</summary>
internal sealed class TemporaryFile(string path) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);
}
