using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OnnxAE.Inference;

/// <summary>
/// The file that a model came from, open while the model is in use, so that it can be read again for saving: memory holds the
/// weights only once, in the session.
/// </summary>
internal sealed class OnnxModelSource
{
    private readonly Lock _lock = new();
    private readonly string? _path; // null for a file that is gone when it is closed
    private SafeFileHandle? _handle;
    private ModelProto? _next; // read already, for whoever wants it next
    private byte[]? _hash;

    private OnnxModelSource(string name, string? path) => (Name, _path) = (name, path);

    /// <summary>What to call it in messages.</summary>
    public string Name { get; }

    /// <summary>The graph, to look at. It is read once for this and the next <see cref="Read"/>.</summary>
    /// <exception cref="InvalidDataException">It is damaged, no ONNX model, or no longer what it was.</exception>
    public GraphProto Graph
    {
        get
        {
            lock (_lock)
            {
                return (_next ??= ReadFile()).Graph;
            }
        }
    }

    /// <summary>A file of the user's.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is too long for a model.</exception>
    public static OnnxModelSource Open(string path)
    {
        OnnxModelReader.CheckFile(path);
        return new OnnxModelSource(path, Path.GetFullPath(path));
    }

    /// <summary>Puts a model that is no file of its own into one that goes when it is no longer used.</summary>
    /// <param name="bytes">The model.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="model">The same where it has been read already.</param>
    public static OnnxModelSource Store(byte[] bytes, string name, ModelProto? model = null)
    {
        string path = Path.Combine(Path.GetTempPath(), $"onnxae-{Guid.NewGuid():N}.tmp");
        SafeFileHandle handle = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose, preallocationSize: bytes.Length);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path); // what is open stays readable there, and nothing is left behind if the process ends
        }

        RandomAccess.Write(handle, bytes, 0);
        return new OnnxModelSource(name, null) { _handle = handle, _next = model, _hash = SHA256.HashData(bytes) };
    }

    /// <summary>Reads the model; the caller may change what it gets.</summary>
    /// <exception cref="InvalidDataException">It is damaged, no ONNX model, or no longer what it was.</exception>
    /// <exception cref="ObjectDisposedException">It was no file of its own, and is closed.</exception>
    public ModelProto Read()
    {
        lock (_lock)
        {
            ModelProto model = _next ?? ReadFile();
            _next = null;
            return model;
        }
    }

    /// <summary>Closes the file until it is read again.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _handle?.Dispose();
            (_handle, _next) = (null, null);
        }
    }

    private ModelProto ReadFile()
    {
        if (_handle is null)
        {
            ObjectDisposedException.ThrowIf(_path is null, this);
            OnnxModelReader.CheckFile(_path);
            _handle = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }

        byte[] bytes = new byte[RandomAccess.GetLength(_handle)];
        int read = 0;
        while (RandomAccess.Read(_handle, bytes.AsSpan(read), read) is > 0 and int count)
        {
            read += count;
        }

        byte[] hash = SHA256.HashData(bytes);
        if (read < bytes.Length || (_hash is not null && !hash.AsSpan().SequenceEqual(_hash)))
        {
            throw new InvalidDataException($"'{Name}' has changed since it was loaded, expected the same model: load it again.");
        }

        ModelProto model = OnnxModelReader.Read(bytes, Name);
        _hash = hash;
        return model;
    }
}
