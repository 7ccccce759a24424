using System.Globalization;
using Google.Protobuf;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Encoders made of encoders, as ONNX files that <c>ml.Transforms.ApplyOnnxEncoder</c> takes like any.</summary>
public static class OnnxEncoders
{
    /// <summary>Writes an encoder that gives the mean of what another makes of a picture and of its mirror image; see <see cref="OnnxMirror.Average(string)"/>.</summary>
    /// <param name="encoderPath">The encoder: one input of square pictures, one output [rows, features].</param>
    /// <param name="outputPath">The file to write; replaced if there, in one go.</param>
    /// <exception cref="FileNotFoundException">The encoder is missing.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or no encoder of pictures of a known width.</exception>
    public static void MirrorAverage(string encoderPath, string outputPath) => Write(outputPath, OnnxMirror.Average(encoderPath));

    /// <summary>Writes an encoder that gives several encoders' features side by side; see <see cref="OnnxConcatenation.SideBySide(IReadOnlyList{string})"/>.</summary>
    /// <param name="encoderPaths">Two encoders or more with inputs alike.</param>
    /// <param name="outputPath">The file to write; replaced if there, in one go.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    /// <exception cref="FileNotFoundException">An encoder is missing.</exception>
    /// <exception cref="InvalidDataException">One is damaged, no encoder, or doesn't fit the first.</exception>
    /// <exception cref="IOException">The output can't be written.</exception>
    public static void Concatenate(IReadOnlyList<string> encoderPaths, string outputPath) => Write(outputPath, OnnxConcatenation.SideBySide(encoderPaths));

    private static void Write(string path, byte[] model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => stream.Write(model));
    }
}

/// <summary>
/// Lets an encoder look at a picture and at its mirror image, and gives the mean of both: for pictures whose meaning doesn't depend on
/// left and right. The weights are there once; what is computed is twice as much.
/// </summary>
public static class OnnxMirror
{
    /// <summary>The metadata entry of a file that averages.</summary>
    internal const string Key = "onnxae.mirror";

    /// <summary>Averages an encoder over mirror images.</summary>
    /// <param name="path">
    /// An ONNX file of one input, rows of square pictures [rows, side * side] or pictures [rows, ..., width], and one output, [rows, features].
    /// </param>
    /// <returns>The averaging model's bytes; its input and output have the names and shapes of the file's.</returns>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, would have to be trusted, is no encoder of pictures of a known width, or averages already.</exception>
    public static byte[] Average(string path) => Average(EncoderGraph.Read(path, "averaged over mirror images")).ToByteArray();

    internal static ModelProto Average(EncoderGraph encoder)
    {
        if (encoder.Model.MetadataProps.Any(p => p.Key == Key))
            throw new InvalidDataException($"'{encoder.Source}' is averaged over mirror images already.");
        long[] order = MirrorOrder(encoder);
        GraphProto graph = encoder.Graph;
        string input = encoder.InputName, output = encoder.OutputName;
        string upright = graph.FreshName($"{output}_upright");
        GraphRenaming.Rename(graph, new Dictionary<string, string>(), new Dictionary<string, string> { [output] = upright });

        string places = graph.FreshName("mirror_places"), mirrored = graph.FreshName($"{input}_mirrored");
        graph.Initializer.Add(new TensorProto { Name = places, DataType = (int)DataType.Int64, Dims = { order.Length }, Int64Data = { order } });
        NodeProto mirror = new() { OpType = "Gather", Name = graph.FreshName("mirror"), Input = { input, places }, Output = { mirrored } };
        mirror.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = encoder.Input.Rank - 1 });
        string other = Repeat(graph, mirror, input, upright);

        string sum = graph.FreshName($"{output}_sum"), half = graph.FreshName("mirror_half");
        graph.Initializer.Add(new TensorProto { Name = half, DataType = (int)DataType.Float, FloatData = { 0.5f } });
        graph.Node.Add(new NodeProto { OpType = "Add", Name = sum, Input = { upright, other }, Output = { sum } });
        graph.Node.Add(new NodeProto { OpType = "Mul", Name = graph.FreshName($"{output}_mean"), Input = { sum, half }, Output = { output } });
        graph.Output[0].Name = output;
        encoder.Model.MetadataProps.Add(new StringStringEntryProto { Key = Key, Value = "average" });
        encoder.Model.DocString = $"{encoder.Model.DocString} Averaged over the picture and its mirror image.".TrimStart();
        return encoder.Finish();
    }

    // Where each number of the last axis comes from: a row of pictures is mirrored line by line.
    private static long[] MirrorOrder(EncoderGraph encoder)
    {
        if (encoder.Input.Sizes[^1] is not { IsKnown: true, Length: > 0 and <= 1 << 24 } last)
            throw new InvalidDataException($"'{encoder.Source}' takes {encoder.Input}, expected pictures of a known width.");
        long width = encoder.Input.Rank == 2 ? (long)Math.Sqrt(last.Length) : last.Length;
        if (encoder.Input.Rank == 2 && width * width != last.Length)
            throw new InvalidDataException($"'{encoder.Source}' takes rows of {last.Length} pixels, which are no square picture: its width can't be known.");
        long[] order = new long[last.Length];
        for (long i = 0; i < order.Length; i++)
            order[i] = (i / width * width) + width - 1 - (i % width);
        return order;
    }

    // Computes once more, of the mirror image, what depends on the picture; returns the name of what the output is there.
    private static string Repeat(GraphProto graph, NodeProto mirror, string input, string output)
    {
        Dictionary<string, string> names = new() { [input] = mirror.Output[0] };
        HashSet<string> used = [.. graph.Node.SelectMany(n => n.Output.Append(n.Name)), .. graph.Initializer.Select(t => t.Name), input, mirror.Name, mirror.Output[0]];
        List<NodeProto> repeated = [mirror];
        foreach (NodeProto node in graph.Node.Where(n => n.Input.Any(names.ContainsKey)))
        {
            NodeProto again = node.Clone();
            again.Name = Fresh(node.Name);
            for (int i = 0; i < again.Input.Count; i++)
                again.Input[i] = names.GetValueOrDefault(again.Input[i], again.Input[i]);
            for (int i = 0; i < again.Output.Count; i++)
            {
                if (again.Output[i].Length > 0)
                    again.Output[i] = names[node.Output[i]] = Fresh(node.Output[i]);
            }

            repeated.Add(again);
        }

        graph.Node.Add(repeated);
        return names.GetValueOrDefault(output, output);

        string Fresh(string name)
        {
            string fresh = $"{name}_mirrored";
            for (int i = 1; !used.Add(fresh); i++)
                fresh = $"{name}_mirrored_{i}";
            return fresh;
        }
    }
}

/// <summary>Makes one encoder of several: they get the same pixels, and their features stand side by side.</summary>
public static class OnnxConcatenation
{
    private const string SizeKey = "onnxae.code_size";

    /// <summary>Puts encoders side by side.</summary>
    /// <param name="paths">
    /// Two ONNX files or more, each of one input and one output [rows, features]. The inputs must be alike in type, shape and the range
    /// that they take pixels in.
    /// </param>
    /// <returns>
    /// The whole model's bytes. Names of the first file stay; one of another that is taken gets a number behind it. Of several
    /// operator sets the highest is taken, and the highest format version.
    /// </returns>
    /// <exception cref="ArgumentException">There are fewer than two files.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, would have to be trusted, is no encoder, or doesn't fit the first.</exception>
    public static byte[] SideBySide(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count < 2)
            throw new ArgumentException($"{paths.Count} encoders given, expected two or more to put side by side.", nameof(paths));
        return SideBySide([.. paths.Select(path => EncoderGraph.Read(path, "put beside another"))]).ToByteArray();
    }

    internal static ModelProto SideBySide(IReadOnlyList<EncoderGraph> encoders)
    {
        EncoderGraph first = encoders[0];
        long opset = encoders.Max(e => e.Model.StandardOpset());
        string[] descriptions = [.. encoders.Select(e => e.Model.DocString).Where(d => d.Length > 0).Distinct()];
        List<string> outputs = [first.OutputName];
        OpsetLifting.Lift(first.Model, opset, first.Source);
        foreach (EncoderGraph next in encoders.Skip(1))
        {
            RequireAlike(first, next);
            OpsetLifting.Lift(next.Model, opset, next.Source);
            GraphMerging.Append(first.Graph, next.Graph, new Dictionary<string, string> { [first.InputName] = next.InputName }, SizeNames(first, next));
            outputs.Add(first.Graph.Output[^1].Name); // the name that it has among the first one's
            first.Model.IrVersion = Math.Max(first.Model.IrVersion, next.Model.IrVersion);
        }

        Join(first.Graph, outputs);
        MergeMetadata(first.Model, [.. encoders.Skip(1).Select(e => e.Model)]);
        first.Graph.Name = "encoders";
        first.Graph.DocString = "";
        first.Model.DocString = string.Join(" Beside it: ", descriptions);
        return first.Finish();
    }

    // The first output's name goes to the whole.
    private static void Join(GraphProto graph, List<string> outputs)
    {
        string whole = outputs[0];
        outputs[0] = graph.FreshName($"{whole}_first");
        GraphRenaming.Rename(graph, new Dictionary<string, string>(), new Dictionary<string, string> { [whole] = outputs[0] });
        NodeProto join = new() { OpType = "Concat", Name = graph.FreshName("side_by_side"), Input = { outputs }, Output = { whole } };
        join.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 1 });
        graph.Node.Add(join);
        graph.Output.Clear();
        graph.Output.Add(new ValueInfoProto { Name = whole });
    }

    private static void RequireAlike(EncoderGraph first, EncoderGraph next)
    {
        if (first.Input.Contradicts(next.Input) || first.Input.Sizes.Zip(next.Input.Sizes).Any(p => p.First.IsKnown != p.Second.IsKnown))
            throw new InvalidDataException($"'{first.Source}' takes {first.Input}, but '{next.Source}' takes {next.Input}; expected the same type and shape.");
        string? range = PixelRange.OfInput(first.Model)?.Name, other = PixelRange.OfInput(next.Model)?.Name;
        if (range is not null && other is not null && range != other)
            throw new InvalidDataException($"'{first.Source}' takes pixels as {range}, but '{next.Source}' as {other}; expected the same range.");
    }

    private static Dictionary<string, string> SizeNames(EncoderGraph first, EncoderGraph next) => first.Input.Sizes.Zip(next.Input.Sizes)
        .Where(p => p.First.Name is not null && p.Second.Name is not null)
        .GroupBy(p => p.Second.Name!)
        .ToDictionary(g => g.Key, g => g.First().First.Name!);

    // What all say of themselves; where they differ, one beside the other, and sizes of codes added up.
    private static void MergeMetadata(ModelProto first, IReadOnlyList<ModelProto> others)
    {
        string[] keys = [.. others.Prepend(first).SelectMany(m => m.MetadataProps).Select(p => p.Key).Distinct()];
        if (!others.Prepend(first).All(m => m.MetadataProps.Any(p => p.Key == OnnxMirror.Key)))
            keys = [.. keys.Where(key => key != OnnxMirror.Key)]; // the whole averages where every part does
        StringStringEntryProto[] merged = [.. keys.Select(key => new StringStringEntryProto { Key = key, Value = Value(key, [.. others.Prepend(first).SelectMany(m => m.MetadataProps).Where(p => p.Key == key).Select(p => p.Value)]) })];
        first.MetadataProps.Clear();
        first.MetadataProps.Add(merged);

        static string Value(string key, string[] values) => key == SizeKey && values.All(v => int.TryParse(v, CultureInfo.InvariantCulture, out _))
            ? values.Sum(v => long.Parse(v, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
            : string.Join(" + ", values.Distinct());
    }
}

/// <summary>A model that makes one vector of floats of one picture: what can be averaged over mirror images and put side by side.</summary>
/// <param name="Model">The model.</param>
/// <param name="Source">What to call the file in messages.</param>
/// <param name="Input">Shape of its only input.</param>
/// <param name="Output">Shape of its only output, [rows, features].</param>
internal sealed record EncoderGraph(ModelProto Model, string Source, ValueShape Input, ValueShape Output)
{
    /// <summary>The graph.</summary>
    public GraphProto Graph => Model.Graph;

    /// <summary>Name of the only input.</summary>
    public string InputName => Graph.FreeInputs().Single().Name;

    /// <summary>Name of the only output.</summary>
    public string OutputName => Graph.Output[0].Name;

    /// <summary>Reads a file.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="purpose">What is to be done with it, such as <c>averaged</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, would have to be trusted, or is no encoder.</exception>
    public static EncoderGraph Read(string path, string purpose)
    {
        ModelProto model = OnnxModelReader.Read(path);
        ForeignModel.Require(model, path, purpose);
        ValueInfoProto[] inputs = [.. model.Graph.FreeInputs()];
        if (inputs.Length != 1 || model.Graph.Output.Count != 1)
        {
            throw new InvalidDataException(
                $"'{path}' has {inputs.Length} inputs and {model.Graph.Output.Count} outputs, expected an encoder with one of each: it can't be {purpose}.");
        }

        ValueShape input = ValueShape.Of(inputs[0]) ?? throw new InvalidDataException($"The input '{inputs[0].Name}' of '{path}' has no shape: it can't be {purpose}.");
        ValueShape output = ShapeInference.Output(ShapeInference.Infer(model.Graph, path), model.Graph.Output[0], path);
        return output is { Type: DataType.Float, Rank: 2 } && output.Sizes[1].IsKnown && input.Rank >= 2
            ? new EncoderGraph(model, path, input, output)
            : throw new InvalidDataException($"'{path}' makes {output} of {input}, expected float [rows, features] of rows of pixels: it can't be {purpose}.");
    }

    /// <summary>Says in the file who wrote it, and declares what its output is.</summary>
    /// <returns>The model.</returns>
    public ModelProto Finish()
    {
        Model.ProducerName = "OnnxAE";
        Model.ProducerVersion = typeof(EncoderGraph).Assembly.GetName().Version!.ToString(3);
        Graph.Output[0] = ShapeInference.Output(ShapeInference.Infer(Graph, Source), new ValueInfoProto { Name = OutputName }, Source).ToProto(OutputName);
        return Model;
    }
}
