using Google.Protobuf;

namespace OnnxAE.Inference;

/// <summary>Reads ONNX files that come from anywhere: one sentence on what is wrong, and no file but the one that was named.</summary>
internal static class OnnxModelReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, no ONNX model, or keeps its weights in other files.</exception>
    public static ModelProto Read(string path)
    {
        CheckFile(path);
        return Read(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads a file for ONNX Runtime, which looks for weights in other files without asking.</summary>
    /// <returns>Its bytes, looked through.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, no ONNX model, or keeps its weights in other files.</exception>
    public static byte[] ReadBytes(string path)
    {
        CheckFile(path);
        byte[] bytes = File.ReadAllBytes(path);
        Read(bytes, path);
        return bytes;
    }

    /// <summary>Looks whether a file is there and no longer than a model can be.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public static void CheckFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new FileNotFoundException($"'{path}' is a folder, expected an ONNX file.", path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}', expected an ONNX model.", path);
        if (new FileInfo(path).Length > Array.MaxLength)
            throw new InvalidDataException($"'{path}' is longer than {Array.MaxLength:N0} bytes, the most that an ONNX file can have.");
    }

    /// <summary>Reads a model in memory.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It is damaged, no ONNX model, or keeps its weights in other files.</exception>
    public static ModelProto Read(byte[] bytes, string source)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"'{source}' is not a whole ONNX file: it is damaged, cut short or something else.", e);
        }

        if (model.Graph is not { Node.Count: > 0, Output.Count: > 0 } || model.IrVersion <= 0)
            throw new InvalidDataException($"'{source}' holds no ONNX graph: it is cut short or something else than a model.");
        if (model.Tensors().FirstOrDefault(t => t.DataLocation == TensorProto.Types.DataLocation.External || t.ExternalData.Count > 0) is { } tensor)
        {
            throw new InvalidDataException(
                $"'{source}' keeps the values of '{tensor.Name}' in another file, expected a self-contained model: save it again without external data.");
        }

        return model;
    }
}
