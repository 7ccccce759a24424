using Google.Protobuf;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

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
