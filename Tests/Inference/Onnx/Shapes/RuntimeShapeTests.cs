using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>Every operator that the exporter writes, in the operator sets between which it writes others.</summary>
[TestClass]
public sealed class RuntimeShapeTests
{
    private const int Rows = 3;
    private static readonly int[] Opsets = [13, 17, 21];

    public static IEnumerable<object[]> CaseNames => ModuleCase.All.Select(c => new object[] { c.Name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void ValuesHaveTheShapesThatOnnxRuntimeGivesThem(string name)
    {
        var (_, create, shape) = ModuleCase.All.Single(c => c.Name == name);
        using Module<Tensor, Tensor> module = create();
        OnnxElementType type = module is Embedding ? OnnxElementType.Index : OnnxElementType.Real;
        foreach (int opset in Opsets)
        {
            ModelProto model = Exported.Model(module, shape, new OnnxExportOptions { Opset = opset, InputType = type, FoldConstants = false, RemoveTrainingModules = false });
            IReadOnlyDictionary<string, ValueShape> shapes = ShapeInference.Infer(model.Graph, name);
            foreach ((string value, ValueShape found) in Run(model, [Rows, .. shape], type))
            {
                Assert.IsTrue(shapes.TryGetValue(value, out ValueShape? computed), $"{name}, opset {opset}: nothing is known of {value}");
                long[] sizes = [.. computed.Sizes.Select(s => s.Name == OnnxNames.Batch ? Rows : s.Length)];
                Assert.AreEqual($"{found}", $"{computed.With(sizes.Select(s => (AxisSize)s))}", $"{name}, opset {opset}: {value}");
            }
        }
    }

    private static List<(string Name, ValueShape Shape)> Run(ModelProto model, long[] shape, OnnxElementType type)
    {
        var declared = model.Graph.ValueInfo.Concat(model.Graph.Output).ToDictionary(v => v.Name);
        model.Graph.Output.Clear();
        model.Graph.Output.Add(model.Graph.Node.Select(n => new ValueInfoProto
        {
            Name = n.Output[0],
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = declared[n.Output[0]].Type.TensorType.ElemType } },
        }));
        model.Graph.ValueInfo.Clear();
        using InferenceSession session = new(model.ToByteArray());
        using RunOptions run = new();
        int count = (int)shape.Aggregate(1L, (a, b) => a * b);
        using OrtValue input = type == OnnxElementType.Index
            ? OrtValue.CreateTensorValueFromMemory(new long[count], shape)
            : OrtValue.CreateTensorValueFromMemory(new float[count], shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [input], session.OutputNames);
        return [.. session.OutputNames.Select((name, i) =>
        {
            OrtTensorTypeAndShapeInfo info = outputs[i].GetTensorTypeAndShape();
            return (name, new ValueShape((TensorProto.Types.DataType)info.ElementDataType, [.. info.Shape.Select(s => (AxisSize)s)]));
        })];
    }
}
