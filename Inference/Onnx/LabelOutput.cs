using Google.Protobuf;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Lets a classifier name the class of the highest score, as an output of texts of its own.</summary>
internal static class LabelOutput
{
    /// <summary>Adds the output [N], in place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scores">An output [N, classes]; of equal scores the first counts.</param>
    /// <param name="names">What the classes are called.</param>
    /// <param name="output">Name of the new output.</param>
    public static void Append(ModelProto model, string scores, IReadOnlyList<string> names, string output)
    {
        GraphProto graph = model.Graph;
        ValueInfoProto of = graph.Output.First(o => o.Name == scores);
        GraphRenaming.MakeRoom(graph, output);
        TensorProto texts = new() { Name = graph.FreshName("classes"), DataType = (int)DataType.String, Dims = { names.Count } };
        texts.StringData.Add(names.Select(ByteString.CopyFromUtf8));
        graph.Initializer.Add(texts);
        string best = graph.FreshName($"{output}_index");
        graph.Node.Add(new NodeProto
        {
            OpType = "ArgMax",
            Name = best,
            Input = { scores },
            Output = { best },
            Attribute = { Integer("axis", 1), Integer("keepdims", 0) },
        });
        graph.Node.Add(new NodeProto { OpType = "Gather", Name = output, Input = { texts.Name, best }, Output = { output }, Attribute = { Integer("axis", 0) } });
        graph.Output.Add(new ValueInfoProto
        {
            Name = output,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = (int)DataType.String,
                    Shape = new TensorShapeProto { Dim = { of.Type.TensorType.Shape.Dim[0].Clone() } },
                },
            },
        });
    }

    private static AttributeProto Integer(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };
}
