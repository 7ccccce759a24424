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
        {
            throw new FileNotFoundException($"'{path}' is a folder, expected an ONNX file.", path);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}', expected an ONNX model.", path);
        }

        if (new FileInfo(path).Length > Array.MaxLength)
        {
            throw new InvalidDataException($"'{path}' is longer than {Array.MaxLength:N0} bytes, the most that an ONNX file can have.");
        }
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
        {
            throw new InvalidDataException($"'{source}' holds no ONNX graph: it is cut short or something else than a model.");
        }

        if (model.Tensors().FirstOrDefault(t => t.DataLocation == TensorProto.Types.DataLocation.External || t.ExternalData.Count > 0) is { } tensor)
        {
            throw new InvalidDataException(
                $"'{source}' keeps the values of '{tensor.Name}' in another file, expected a self-contained model: save it again without external data.");
        }

        return model;
    }
}

/// <summary>Questions to models. Graphs lie within the attributes of nodes of graphs.</summary>
internal static class ModelQueries
{
    /// <summary>Whether a domain is the standard one, which has two names.</summary>
    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    /// <summary>Version of the standard operator set that a model uses; 0 where it doesn't say.</summary>
    public static long StandardOpset(this ModelProto model) => model.OpsetImport.LastOrDefault(o => IsStandard(o.Domain))?.Version ?? 0;

    /// <summary>The inputs that a caller must give: a file may list stored tensors among its inputs.</summary>
    public static IEnumerable<ValueInfoProto> FreeInputs(this GraphProto graph)
    {
        HashSet<string> stored = [.. graph.Initializer.Select(t => t.Name)];
        return graph.Input.Where(i => !stored.Contains(i.Name));
    }

    /// <summary>A graph and all those within it.</summary>
    public static IEnumerable<GraphProto> GraphsWithin(this GraphProto graph) => graph.Node.SelectMany(GraphsWithin).Prepend(graph);

    /// <summary>The graphs within a node: branches, bodies of loops, and what is within those.</summary>
    public static IEnumerable<GraphProto> GraphsWithin(this NodeProto node)
        => node.Attribute.SelectMany(a => a.G is null ? a.Graphs : a.Graphs.Prepend(a.G)).SelectMany(GraphsWithin);

    /// <summary>Every tensor that a model stores, wherever it is.</summary>
    public static IEnumerable<TensorProto> Tensors(this ModelProto model)
    {
        IEnumerable<NodeProto> functionNodes = model.Functions.SelectMany(f => f.Node);
        List<GraphProto> graphs = [.. model.Graph.GraphsWithin(), .. functionNodes.SelectMany(GraphsWithin)];
        IEnumerable<AttributeProto> attributes = graphs.SelectMany(g => g.Node).Concat(functionNodes).SelectMany(n => n.Attribute);
        return graphs.SelectMany(g => g.Initializer.Concat(Tensors(g.SparseInitializer))).Concat(attributes.SelectMany(Tensors));
    }

    private static IEnumerable<TensorProto> Tensors(AttributeProto attribute)
    {
        IEnumerable<TensorProto> tensors = attribute.Tensors.Concat(Tensors(attribute.SparseTensors));
        if (attribute.T is { } tensor)
        {
            tensors = tensors.Append(tensor);
        }

        return attribute.SparseTensor is { } sparse ? tensors.Concat(Tensors([sparse])) : tensors;
    }

    private static IEnumerable<TensorProto> Tensors(IEnumerable<SparseTensorProto> sparse)
        => sparse.SelectMany(s => new[] { s.Values, s.Indices }).Where(t => t is not null);
}
