using System.Globalization;
using Google.Protobuf;

namespace OnnxAE.Inference;

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
