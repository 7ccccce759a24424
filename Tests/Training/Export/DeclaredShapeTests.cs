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
public sealed class DeclaredShapeTests
{
    private const int Rows = 3;
    private static readonly int[] Opsets = [13, 17, 21];

    public static IEnumerable<object[]> CaseNames => ModuleCase.All.Select(c => new object[] { c.Name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void ValuesHaveTheShapesThatTheFileDeclares(string name)
    {
        var (_, create, shape) = ModuleCase.All.Single(c => c.Name == name);
        using Module<Tensor, Tensor> module = create();
        OnnxElementType type = module is Embedding ? OnnxElementType.Index : OnnxElementType.Real;
        foreach (int opset in Opsets)
        {
            ModelProto model = Exported.Model(module, shape, new OnnxExportOptions { Opset = opset, InputType = type, FoldConstants = false, RemoveTrainingModules = false });
            Dictionary<string, OnnxTensorInfo> declared = model.Graph.ValueInfo.Concat(model.Graph.Output).ToDictionary(v => v.Name, OnnxTensorInfo.Of);
            foreach ((string value, long[] found) in Run(model, [Rows, .. shape], type))
            {
                Assert.IsTrue(declared.TryGetValue(value, out OnnxTensorInfo? said), $"{name}, opset {opset}: nothing is declared of {value}");
                long[] sizes = [.. said.Shape.Select(s => s.Size ?? (s.Name == OnnxNames.Batch ? Rows : -1))];
                CollectionAssert.AreEqual(found, sizes, $"{name}, opset {opset}: {said}, found {string.Join(", ", found)}");
            }
        }
    }

    private static List<(string Name, long[] Shape)> Run(ModelProto source, long[] shape, OnnxElementType type)
    {
        ModelProto model = source.Clone();
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
        return [.. session.OutputNames.Select((name, i) => (name, outputs[i].GetTensorTypeAndShape().Shape))];
    }
}
