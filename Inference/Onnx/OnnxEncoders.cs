using System.Globalization;
using Google.Protobuf;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Encoders made of encoders, as ONNX files that <c>ml.Transforms.ApplyOnnxEncoder</c> takes like any.</summary>
public static class OnnxEncoders
{
    /// <summary>The metadata entry of a file that averages over mirror images.</summary>
    internal const string MirrorKey = "onnxae.mirror";

    private const string SizeKey = "onnxae.code_size";
    private const long WidestPicture = 1 << 24;

    /// <summary>
    /// Writes an encoder that gives the mean of what another makes of a picture and of its mirror image: for pictures whose meaning
    /// doesn't depend on left and right. The weights are there once; what is computed is twice as much. Input and output keep their
    /// names and shapes.
    /// </summary>
    /// <param name="encoderPath">
    /// The encoder: one input, rows of square pictures [rows, side * side] or pictures [rows, ..., width], and one output, [rows, features].
    /// </param>
    /// <param name="outputPath">The file to write; replaced if there, in one go.</param>
    /// <exception cref="FileNotFoundException">The encoder is missing.</exception>
    /// <exception cref="InvalidDataException">It is damaged, would have to be trusted, is no encoder of pictures of a known width, or averages already.</exception>
    /// <exception cref="IOException">The output can't be written.</exception>
    public static void MirrorAverage(string encoderPath, string outputPath) => Write(outputPath, MirrorAverage(encoderPath));

    /// <summary>
    /// Writes an encoder that gives several encoders' features side by side. Names of the first file stay; one of another that is
    /// taken gets a number behind it. Of several operator sets the highest is taken, and the highest format version.
    /// </summary>
    /// <param name="encoderPaths">
    /// Two ONNX files or more, each of one input and one output [rows, features]. The inputs must be alike in type, shape and the range
    /// that they take pixels in.
    /// </param>
    /// <param name="outputPath">The file to write; replaced if there, in one go.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    /// <exception cref="FileNotFoundException">An encoder is missing.</exception>
    /// <exception cref="InvalidDataException">One is damaged, would have to be trusted, is no encoder, or doesn't fit the first.</exception>
    /// <exception cref="IOException">The output can't be written.</exception>
    public static void Concatenate(IReadOnlyList<string> encoderPaths, string outputPath) => Write(outputPath, Concatenate(encoderPaths));

    /// <summary>The bytes that <see cref="MirrorAverage(string, string)"/> writes.</summary>
    internal static byte[] MirrorAverage(string path)
    {
        Encoder encoder = Encoder.Read(path, "averaged over mirror images");
        if (encoder.Model.MetadataProps.Any(p => p.Key == MirrorKey))
        {
            throw new InvalidDataException($"'{path}' is averaged over mirror images already.");
        }

        long[] order = MirrorOrder(encoder);
        GraphProto graph = encoder.Graph;
        string input = encoder.Input.Name, output = encoder.Output.Name;
        string upright = graph.FreshName($"{output}_upright");
        GraphRenaming.RenameOutput(graph, output, upright);

        string mirrored = graph.FreshName($"{input}_mirrored");
        NodeProto mirror = GraphAdditions.Node(
            "Gather", mirrored, [input, graph.StoreIntegers("mirror_places", order)], GraphAdditions.Integer("axis", encoder.Input.Shape.Count - 1));
        string other = Repeat(graph, mirror, input, upright);

        string sum = graph.FreshName($"{output}_sum"), half = graph.FreshName("mirror_half");
        graph.Initializer.Add(new TensorProto { Name = half, DataType = (int)DataType.Float, FloatData = { 0.5f } });
        NodeProto mean = GraphAdditions.Node("Mul", output, [sum, half]);
        mean.Name = graph.FreshName($"{output}_mean");
        graph.Node.Add([GraphAdditions.Node("Add", sum, [upright, other]), mean]);
        graph.Output[0].Name = output;
        graph.DeclareLike([new(output, upright), new(output, sum)]);
        encoder.Model.MetadataProps.Add(new StringStringEntryProto { Key = MirrorKey, Value = "average" });
        encoder.Model.DocString = $"{encoder.Model.DocString} Averaged over the picture and its mirror image.".TrimStart();
        return encoder.Finish();
    }

    /// <summary>The bytes that <see cref="Concatenate(IReadOnlyList{string}, string)"/> writes.</summary>
    internal static byte[] Concatenate(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count < 2)
        {
            throw new ArgumentException($"{paths.Count} encoders given, expected two or more to put side by side.", nameof(paths));
        }

        Encoder[] encoders = [.. paths.Select(path => Encoder.Read(path, "put beside another"))];
        Encoder first = encoders[0];
        long opset = encoders.Max(e => e.Model.StandardOpset());
        string[] descriptions = [.. encoders.Select(e => e.Model.DocString).Where(d => d.Length > 0).Distinct()];
        List<string> outputs = [first.Output.Name];
        OpsetLifting.Lift(first.Model, opset, first.Source);
        foreach (Encoder next in encoders.Skip(1))
        {
            RequireAlike(first, next);
            OpsetLifting.Lift(next.Model, opset, next.Source);
            Dictionary<string, string> sizeNames = first.Input.NamesOf(next.Input).DistinctBy(n => n.Key).ToDictionary();
            GraphMerging.Append(first.Graph, next.Graph, new Dictionary<string, string> { [first.Input.Name] = next.Input.Name }, sizeNames);
            outputs.Add(first.Graph.Output[^1].Name); // the name that it has among the first one's
            first.Model.IrVersion = Math.Max(first.Model.IrVersion, next.Model.IrVersion);
        }

        Join(first.Graph, outputs, encoders.Sum(e => e.Output.Shape[1].Size!.Value));
        MergeMetadata(first.Model, [.. encoders.Select(e => e.Model)]);
        first.Graph.Name = "encoders";
        first.Graph.DocString = "";
        first.Model.DocString = string.Join(" Beside it: ", descriptions);
        return first.Finish();
    }

    private static void Write(string path, byte[] model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => stream.Write(model));
    }

    // Where each number of the last axis comes from: a row of pictures is mirrored line by line.
    private static long[] MirrorOrder(Encoder encoder)
    {
        if (encoder.Input.Shape[^1].Size is not (> 0 and <= WidestPicture and { } last))
        {
            throw new InvalidDataException($"'{encoder.Source}' takes {encoder.Input.Description}, expected pictures of a known width.");
        }

        bool isFlat = encoder.Input.Shape.Count == 2;
        Dictionary<string, string> metadata = encoder.Model.MetadataProps.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Value);
        long width = !isFlat ? last : RowShapes.Read(metadata, (int)last) is [_, _, var known] ? known : throw new InvalidDataException(
            $"'{encoder.Source}' takes rows of {last} pixels, and its metadata don't say of what width ({RowShapes.MetadataKey}, for example 1x28x28): export it again, or set it.");

        long[] order = new long[last];
        for (long i = 0; i < order.Length; i++)
        {
            order[i] = (i / width * width) + width - 1 - (i % width);
        }

        return order;
    }

    // Computes once more, of the mirror image, what depends on the picture; returns the name of what the output is there.
    private static string Repeat(GraphProto graph, NodeProto mirror, string input, string output)
    {
        Dictionary<string, string> names = new() { [input] = mirror.Output[0] };
        NameScope used = new([.. NameScope.NamesIn(graph), .. graph.Node.Select(n => n.Name), mirror.Name]);
        List<NodeProto> repeated = [mirror];
        foreach (NodeProto node in graph.Node.Where(n => n.Input.Any(names.ContainsKey)))
        {
            NodeProto again = node.Clone();
            again.Name = used.Fresh($"{node.Name}_mirrored");
            GraphRenaming.Rename(again.Input, names);
            foreach (string result in node.Output.Where(o => o.Length > 0))
            {
                names[result] = used.Fresh($"{result}_mirrored");
            }

            GraphRenaming.Rename(again.Output, names);
            repeated.Add(again);
        }

        graph.Node.Add(repeated);
        graph.DeclareLike(names);
        return names.GetValueOrDefault(output, output);
    }

    // The first output's name goes to the whole.
    private static void Join(GraphProto graph, List<string> outputs, long size)
    {
        ValueInfoProto whole = graph.Output[0].Clone();
        whole.Type.TensorType.Shape.Dim[1].DimValue = size;
        outputs[0] = graph.FreshName($"{whole.Name}_first");
        GraphRenaming.RenameOutput(graph, whole.Name, outputs[0]);
        NodeProto join = GraphAdditions.Node("Concat", whole.Name, outputs, GraphAdditions.Integer("axis", 1));
        join.Name = graph.FreshName("side_by_side");
        graph.Node.Add(join);
        graph.ValueInfo.Add(graph.Output);
        graph.Output.Clear();
        graph.Output.Add(whole);
    }

    private static void RequireAlike(Encoder first, Encoder next)
    {
        if (first.Input.Contradicts(next.Input) || first.Input.Shape.Zip(next.Input.Shape).Any(p => p.First.Size is null != p.Second.Size is null))
        {
            throw new InvalidDataException($"'{first.Source}' takes {first.Input.Description}, but '{next.Source}' takes {next.Input.Description}; expected the same type and shape.");
        }

        string? range = PixelRange.OfInput(first.Model)?.Name, other = PixelRange.OfInput(next.Model)?.Name;
        if (range is not null && other is not null && range != other)
        {
            throw new InvalidDataException($"'{first.Source}' takes pixels as {range}, but '{next.Source}' as {other}; expected the same range.");
        }
    }

    // What all say of themselves; where they differ, one beside the other, and sizes of codes added up.
    private static void MergeMetadata(ModelProto whole, ModelProto[] models)
    {
        var entries = models.SelectMany(m => m.MetadataProps).GroupBy(p => p.Key, p => p.Value);
        bool isMirrored = models.All(m => m.MetadataProps.Any(p => p.Key == MirrorKey)); // the whole averages where every part does
        StringStringEntryProto[] merged = [.. entries.Where(e => isMirrored || e.Key != MirrorKey).Select(e => new StringStringEntryProto { Key = e.Key, Value = Value(e.Key, [.. e]) })];
        whole.MetadataProps.Clear();
        whole.MetadataProps.Add(merged);

        static string Value(string key, string[] values) => key == SizeKey && values.All(v => int.TryParse(v, CultureInfo.InvariantCulture, out _))
            ? values.Sum(v => long.Parse(v, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
            : string.Join(" + ", values.Distinct());
    }

    /// <summary>A model that makes one vector of floats of one picture.</summary>
    /// <param name="Model">The model.</param>
    /// <param name="Source">What to call the file in messages.</param>
    /// <param name="Input">Its only input.</param>
    /// <param name="Output">Its only output, [rows, features].</param>
    private sealed record Encoder(ModelProto Model, string Source, OnnxTensorInfo Input, OnnxTensorInfo Output)
    {
        public GraphProto Graph => Model.Graph;

        /// <summary>Reads a file.</summary>
        /// <param name="path">An ONNX file.</param>
        /// <param name="purpose">What is to be done with it, such as <c>averaged</c>.</param>
        public static Encoder Read(string path, string purpose)
        {
            ModelProto model = OnnxModelReader.Read(path);
            ForeignModel.Require(model, path, purpose);
            OnnxTensorInfo[] inputs = [.. model.Graph.FreeInputs().Select(OnnxTensorInfo.Of)], outputs = [.. model.Graph.Output.Select(OnnxTensorInfo.Of)];
            if (inputs is not [var input] || outputs is not [var output])
            {
                throw new InvalidDataException($"'{path}' has {inputs.Length} inputs and {outputs.Length} outputs, expected an encoder with one of each: it can't be {purpose}.");
            }

            return output is { ElementType: "float", Shape: [_, { Size: >= 0 }] } && input.Shape.Count >= 2
                ? new Encoder(model, path, input, output)
                : throw new InvalidDataException($"'{path}' makes {output.Description} of {input.Description}, expected float [rows, features] of rows of pixels: it can't be {purpose}.");
        }

        /// <summary>Says in the file who wrote it.</summary>
        /// <returns>The file's bytes.</returns>
        public byte[] Finish()
        {
            OnnxComposer.SignedByUs(Model);
            return Model.ToByteArray();
        }
    }
}
