using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;

namespace OnnxAE.Training;

/// <summary>Nodes that depend on no input are computed once, by ONNX Runtime itself, and stored.</summary>
internal static class ConstantFolding
{
    // A constant that grows, such as an Expand, is cheaper to compute than to store.
    private const long AllowedGrowth = 1 << 16;

    // They would give other numbers in every file. Dropout draws where it is told to train.
    private static readonly string[] Random = ["Bernoulli", "Dropout", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"];

    /// <summary>Folds constants, and what depends on them alone.</summary>
    /// <exception cref="OnnxExportException">ONNX Runtime can't compute one.</exception>
    public static void Apply(GraphProto graph, int opset)
    {
        Dictionary<string, TensorProto> stored = graph.Initializer.ToDictionary(tensor => tensor.Name);
        foreach (NodeProto node in graph.Node.ToList()) // in the order of computation
        {
            bool isOutput = graph.Output.Any(output => output.Name == node.Output[0]);
            if (!isOutput && !Random.Contains(node.OpType) && node.Input.All(input => input.Length == 0 || stored.ContainsKey(input)) && TryCompute(node, graph, stored, opset) is { } result)
            {
                graph.Node.Remove(node);
                graph.ValueInfo.Remove(graph.ValueInfo.Single(value => value.Name == result.Name));
                graph.Initializer.Add(result);
                stored.Add(result.Name, result);
            }
        }

        graph.RemoveUnused();
    }

    private static TensorProto? TryCompute(NodeProto node, GraphProto whole, Dictionary<string, TensorProto> stored, int opset)
    {
        try
        {
            return Compute(node, whole, stored, opset);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new OnnxExportException(
                $"The node '{node.Name}' ({node.OpType}), named after its module, can't be computed from its constants: correct what writes it. ({exception.Message.ReplaceLineEndings(" ")})", exception);
        }
    }

    private static TensorProto? Compute(NodeProto node, GraphProto whole, Dictionary<string, TensorProto> stored, int opset)
    {
        var graph = new GraphProto { Name = "constant" };
        graph.Node.Add(node);
        graph.Initializer.Add(node.Input.Where(input => input.Length > 0).Distinct().Select(input => stored[input]));
        graph.Output.Add(whole.ValueInfo.Single(value => value.Name == node.Output[0]));
        var model = new ModelProto { IrVersion = OnnxVersions.IrVersion(opset), Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model.ToByteArray(), options);
        using var run = new RunOptions();
        using var results = session.Run(run, [], [], [node.Output[0]]);
        OrtTensorTypeAndShapeInfo information = results[0].GetTensorTypeAndShape();
        ReadOnlySpan<byte> bytes = results[0].GetTensorMutableRawData();
        if (bytes.Length > graph.Initializer.Sum(tensor => tensor.RawData.Length) + AllowedGrowth)
        {
            return null;
        }

        var tensor = new TensorProto { Name = node.Output[0], DataType = (int)information.ElementDataType, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.Add(information.Shape);
        return tensor;
    }
}
