using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Modules made of modules.</summary>
internal static class CompositionWriters
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

    private static IEnumerable<OnnxValue> Branches(Module module, OnnxGraph graph, OnnxValue input) =>
        module.named_children().Select(child => graph.Call(child.name, child.module, input));
}
