using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OnnxAE.Inference;

/// <summary>
/// The file that a model came from, kept open so that it can be read again for saving: memory holds the weights only once,
/// in the session.
/// </summary>
internal sealed class OnnxModelSource
{
    private readonly SafeFileHandle _handle;
    private byte[]? _hash;

    private OnnxModelSource(SafeFileHandle handle, string name)
    {
        _handle = handle;
        Name = name;
    }

    /// <summary>What to call it in messages.</summary>
    public string Name { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is too long for a model.</exception>
    public static OnnxModelSource Open(string path)
    {
        OnnxModelReader.CheckFile(path);
        return new OnnxModelSource(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), path);
    }

    /// <summary>Puts a model that is no file of its own into one that goes when it is no longer used.</summary>
    public static OnnxModelSource Store(byte[] bytes, string name)
    {
        string path = Path.Combine(Path.GetTempPath(), $"onnxae-{Guid.NewGuid():N}.tmp");
        SafeFileHandle handle = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose, preallocationSize: bytes.Length);
        if (!OperatingSystem.IsWindows())
            File.Delete(path); // what is open stays readable there, and nothing is left behind if the process ends
        RandomAccess.Write(handle, bytes, 0);
        return new OnnxModelSource(handle, name);
    }

    /// <summary>Reads the model.</summary>
    /// <exception cref="InvalidDataException">It is damaged, no ONNX model, or no longer what it was.</exception>
    public ModelProto Read()
    {
        byte[] bytes = new byte[RandomAccess.GetLength(_handle)];
        int read = 0;
        while (RandomAccess.Read(_handle, bytes.AsSpan(read), read) is > 0 and int count)
            read += count;
        byte[] hash = SHA256.HashData(bytes);
        if (read < bytes.Length || (_hash is not null && !hash.AsSpan().SequenceEqual(_hash)))
            throw new InvalidDataException($"'{Name}' has changed since it was loaded, expected the same model: load it again.");
        ModelProto model = OnnxModelReader.Read(bytes, Name);
        _hash = hash;
        return model;
    }
}
