using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Modules made of modules, and those that change shapes and pass values on.</summary>
internal static class StructureWriters
{
    /// <summary>One behind the other.</summary>
    public static OnnxValue Sequential(Sequential module, OnnxGraph graph, OnnxValue input) =>
        module.named_children().Aggregate(input, (value, child) => graph.Call(child.name, child.module, value));

    /// <summary>body(x) + shortcut(x), or + x.</summary>
    public static OnnxValue Residual(Residual module, OnnxGraph graph, OnnxValue input)
    {
        OnnxValue body = graph.Call("body", module.Body, input);
        OnnxValue shortcut = module.Shortcut is null ? input : graph.Call("shortcut", module.Shortcut, input);
        graph.Require(
            body.Shape.SequenceEqual(shortcut.Shape), $"adds {body.ShapeText} to {shortcut.ShapeText}: give it a shortcut that makes the shapes equal.");
        return graph.Add(body, shortcut);
    }

    /// <summary>All branches of the same input, added.</summary>
    public static OnnxValue Sum(Sum module, OnnxGraph graph, OnnxValue input) => Branches(module, graph, input).Aggregate((sum, value) =>
    {
        graph.Require(sum.Shape.SequenceEqual(value.Shape), $"adds {value.ShapeText} to {sum.ShapeText}: its branches must give equal shapes.");
        return graph.Add(sum, value);
    });

    /// <summary>All branches of the same input, one behind the other along a dimension.</summary>
    public static OnnxValue Concat(Concat module, OnnxGraph graph, OnnxValue input)
    {
        OnnxValue[] branches = [.. Branches(module, graph, input)];
        return graph.Concat(branches, (int)(module.Dimension < 0 ? module.Dimension + branches[0].Rank : module.Dimension));
    }

    /// <summary>The first of the largest numbers of each map stays, the others become 0.</summary>
    public static OnnxValue WinnerTakeAll(WinnerTakeAll module, OnnxGraph graph, OnnxValue input)
    {
        graph.Require(input.Rank == 4 && input.Shape.Skip(2).All(size => size != OnnxValue.Free), $"takes maps of fixed size, but gets {input.ShapeText}.");
        long places = input.Shape[2] * input.Shape[3];
        OnnxValue flat = graph.Reshape(input, input.Shape[0], input.Shape[1], places);
        long[] one = [input.Shape[0], input.Shape[1], 1];
        OnnxValue winner = graph.Node("ArgMax", [flat], one, OnnxElementType.Index, [OnnxSetting.Of("axis", 2), OnnxSetting.Of("keepdims", 1)]);
        OnnxValue wins = graph.Compare("Equal", graph.Vector("places", [.. Enumerable.Range(0, (int)places).Select(place => (long)place)]), winner);
        OnnxValue mask = graph.Node("Cast", [wins], flat.Shape, OnnxElementType.Real, [OnnxSetting.Of("to", (long)OnnxElementType.Real)]);
        return graph.Reshape(graph.Multiply(flat, mask), input.Shape);
    }

    /// <summary>The decoder behind the encoder.</summary>
    public static OnnxValue Autoencoder(Autoencoder module, OnnxGraph graph, OnnxValue input) =>
        graph.Call("decoder", module.Decoder, graph.Call("encoder", module.Encoder, input));

    /// <summary>The output layer behind the encoder.</summary>
    public static OnnxValue Classifier(EncoderClassifier module, OnnxGraph graph, OnnxValue input) =>
        graph.Call("output", module.Output, graph.Call("encoder", module.Encoder, input));

    /// <summary>Several dimensions as one: [N, 1, 28, 28] -> [N, 784].</summary>
    public static OnnxValue Flatten(Flatten module, OnnxGraph graph, OnnxValue input)
    {
        long start = Axis(module.start_dim, input), end = Axis(module.end_dim, input);
        graph.Require(
            start > 0 && end >= start && end < input.Rank,
            $"flattens dimensions {module.start_dim} to {module.end_dim} of {input.ShapeText}; expected dimensions behind the batch, which must stay the first.");
        long[] flattened = [.. input.Shape.Skip((int)start).Take((int)(end - start + 1))];
        long size = flattened.Contains(OnnxValue.Free) ? OnnxValue.Free : flattened.Aggregate(1L, (a, b) => a * b);
        long[] shape = [.. input.Shape.Take((int)start), size, .. input.Shape.Skip((int)end + 1)];
        return start == 1 && end == input.Rank - 1
            ? graph.AsView(graph.Node("Flatten", [input], shape, OnnxSetting.Of("axis", 1)), input)
            : graph.Reshape(input, shape);
    }

    /// <summary>One dimension as several: [N, 784] -> [N, 1, 28, 28].</summary>
    public static OnnxValue Unflatten(Unflatten module, OnnxGraph graph, OnnxValue input)
    {
        int axis = (int)Axis(module.dim, input);
        graph.Require(axis > 0 && axis < input.Rank, $"unflattens dimension {module.dim} of {input.ShapeText}, expected one behind the batch.");
        long whole = input.Shape[axis];
        long known = module.unflattened_size.Where(size => size != -1).Aggregate(1L, (a, b) => a * b);
        graph.Require(
            whole == OnnxValue.Free || (known > 0 && (module.unflattened_size.Contains(-1) ? whole % known == 0 : whole == known)),
            $"makes [{string.Join(", ", module.unflattened_size)}] of the {whole} numbers along dimension {module.dim} of {input.ShapeText}; expected sizes with that product.");
        IEnumerable<long> sizes = module.unflattened_size.Select(size => size != -1 ? size : whole == OnnxValue.Free ? OnnxValue.Free : whole / known);
        return graph.Reshape(input, [.. input.Shape.Take(axis), .. sizes, .. input.Shape.Skip(axis + 1)]);
    }

    /// <summary>Channels as finer pixels; the channels of a pixel lie together in TorchSharp.</summary>
    public static OnnxValue PixelShuffle(PixelShuffle module, OnnxGraph graph, OnnxValue input)
    {
        long factor = module.upscale_factor;
        graph.Require(
            input.Rank == 4 && input.Shape[1] % (factor * factor) == 0, $"takes pictures of {factor * factor} channels or a multiple, but gets {input.ShapeText}.");
        IEnumerable<long> sizes = input.Shape.Skip(2).Select(size => size == OnnxValue.Free ? size : size * factor);
        return graph.Node(
            "DepthToSpace", [input], [input.Shape[0], input.Shape[1] / (factor * factor), .. sizes], OnnxSetting.Of("blocksize", factor), OnnxSetting.Of("mode", "CRD"));
    }

    /// <summary>Modules that hand their input on in evaluation mode; they leave no node.</summary>
    public static OnnxValue PassThrough(OnnxValue input) => input;

    /// <summary>Modules of training alone: nothing, or where they are to be seen a Dropout, which does nothing at inference.</summary>
    public static OnnxValue TrainingOnly(OnnxGraph graph, OnnxValue input) => graph.KeepsTrainingModules ? graph.Map("Dropout", input) : input;

    private static IEnumerable<OnnxValue> Branches(Module module, OnnxGraph graph, OnnxValue input) =>
        module.named_children().Select(child => graph.Call(child.name, child.module, input));

    private static long Axis(long dimension, OnnxValue input) => dimension < 0 ? dimension + input.Rank : dimension;
}
