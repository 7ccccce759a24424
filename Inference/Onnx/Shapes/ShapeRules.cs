using Rule = System.Func<OnnxAE.Inference.ShapeNode, OnnxAE.Inference.ValueShape?>;

namespace OnnxAE.Inference;

/// <summary>What is known of each operator: the shape of its first output (https://onnx.ai/onnx/operators).</summary>
internal static class ShapeRules
{
    private static readonly Dictionary<string, Rule> Rules = new(
    [
        .. For(
            ElementwiseShapes.Same, "Abs", "Celu", "Ceil", "Clip", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu", "GroupNormalization", "HardSigmoid", "HardSwish",
            "Identity", "LeakyRelu", "Log", "Mish", "Neg", "Not", "Reciprocal", "Relu", "Round", "Selu", "Shrink", "Sigmoid", "Sign", "Softplus", "Softsign", "Sqrt", "Tanh"),
        .. For(ElementwiseShapes.AlongAxis, "LayerNormalization", "LogSoftmax", "Softmax"),
        .. For(ElementwiseShapes.PerChannel, "BatchNormalization", "InstanceNormalization"),
        .. For(ElementwiseShapes.Broadcast, "Add", "Div", "Max", "Min", "Mul", "Pow", "Sub"),
        .. For(ElementwiseShapes.Compare, "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"),
        .. For(ElementwiseShapes.Where, "Where"),
        .. For(ElementwiseShapes.PRelu, "PRelu"),
        .. For(ElementwiseShapes.Cast, "Cast"),
        .. For(ElementwiseShapes.Quantize, "QuantizeLinear"),
        .. For(ElementwiseShapes.Dequantize, "DequantizeLinear"),
        .. For(MatrixShapes.Gemm, "Gemm"),
        .. For(MatrixShapes.MatMul, "MatMul"),
        .. For(WindowShapes.Conv, "Conv"),
        .. For(WindowShapes.Transposed, "ConvTranspose"),
        .. For(WindowShapes.Pool, "AveragePool", "MaxPool"),
        .. For(WindowShapes.Global, "GlobalAveragePool", "GlobalMaxPool"),
        .. For(LayoutShapes.DepthToSpace, "DepthToSpace"),
        .. For(LayoutShapes.Flatten, "Flatten"),
        .. For(LayoutShapes.Reshape, "Reshape"),
        .. For(LayoutShapes.Shape, "Shape"),
        .. For(LayoutShapes.Squeeze, "Squeeze"),
        .. For(LayoutShapes.Transpose, "Transpose"),
        .. For(LayoutShapes.Unsqueeze, "Unsqueeze"),
        .. For(SelectionShapes.ArgMax, "ArgMax", "ArgMin"),
        .. For(SelectionShapes.Concat, "Concat"),
        .. For(SelectionShapes.Constant, "Constant"),
        .. For(SelectionShapes.Gather, "Gather"),
        .. For(SelectionShapes.Pad, "Pad"),
        .. For(SelectionShapes.Reduce, "ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum"),
        .. For(SelectionShapes.Resize, "Resize"),
        .. For(SelectionShapes.Slice, "Slice"),
    ]);

    /// <summary>Whether an operator of the standard set is known.</summary>
    public static bool Knows(string operatorType) => Rules.ContainsKey(operatorType);

    /// <summary>The rule of an operator; null where it is not known.</summary>
    public static Rule? Find(NodeProto node) => OnnxDomains.IsStandard(node.Domain) ? Rules.GetValueOrDefault(node.OpType) : null;

    private static IEnumerable<KeyValuePair<string, Rule>> For(Rule rule, params IEnumerable<string> operators)
        => operators.Select(o => KeyValuePair.Create(o, rule));
}
