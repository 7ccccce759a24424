using TorchSharp.Modules;

namespace OnnxAE.Training;

/// <summary>Functions of each number by itself, and Softmax. Formulas are those of TorchSharp's libtorch, NaN included.</summary>
internal static class ActivationWriters
{
    // libtorch's softplus is x itself where beta · x is above its threshold; from 20 on the two differ by less than a float can say.
    private const double NegligibleThreshold = 20;

    /// <summary>Numbers held within limits.</summary>
    public static OnnxValue Clip(OnnxGraph graph, OnnxValue input, double smallest, double largest) =>
        graph.Node("Clip", [input, graph.Scalar(smallest), graph.Scalar(largest)], input.Shape);

    /// <summary>The same, where TorchSharp does it.</summary>
    public static OnnxValue Hardtanh(Hardtanh module, OnnxGraph graph, OnnxValue input)
    {
        graph.Require(
            module.inplace,
            "is built with inplace: false, with which TorchSharp 0.107.0 passes its input through as it is, and a Sequential disposes of it: build it with inplace: true.");
        return Clip(graph, input, module.min_val, module.max_val);
    }

    /// <summary>x / 6 + 1/2, held within [0, 1].</summary>
    public static OnnxValue HardSigmoid(OnnxGraph graph, OnnxValue input) =>
        graph.Map("HardSigmoid", input, OnnxSetting.Of("alpha", 1 / 6.0), OnnxSetting.Of("beta", 0.5));

    /// <summary>x · hardsigmoid(x); an operator since opset 14.</summary>
    public static OnnxValue HardSwish(OnnxGraph graph, OnnxValue input) =>
        graph.Opset >= 14 ? graph.Map("HardSwish", input) : graph.Multiply(input, HardSigmoid(graph, input));

    /// <summary>x · tanh(softplus(x)); an operator since opset 18.</summary>
    public static OnnxValue Mish(OnnxGraph graph, OnnxValue input) =>
        graph.Opset >= 18 ? graph.Map("Mish", input) : graph.Multiply(input, graph.Map("Tanh", graph.Map("Softplus", input)));

    /// <summary>Negative numbers times a slope, learned: one, or one a channel.</summary>
    public static OnnxValue PRelu(PReLU module, OnnxGraph graph, OnnxValue input)
    {
        graph.Require(
            module.num_parameters == 1 || (input.Rank >= 2 && input.Shape[1] == module.num_parameters),
            $"has slopes for {module.num_parameters} channels, but gets {input.ShapeText}.");
        OnnxValue slope = module.num_parameters == 1 ? graph.Weight("weight", module.weight) : NormalizationWriters.PerChannel(graph, "weight", module.weight, input.Rank);
        return graph.Node("PRelu", [input, slope], input.Shape);
    }

    /// <summary>x · Φ(x): exact by erf, or by tanh. ONNX has an operator for both since opset 20.</summary>
    public static OnnxValue Gelu(GELU module, OnnxGraph graph, OnnxValue input)
    {
        bool isTanh = module.approximate == GELU.Approximate.tanh;
        if (graph.Opset >= 20)
        {
            return graph.Map("Gelu", input, OnnxSetting.Of("approximate", isTanh ? "tanh" : "none"));
        }

        OnnxValue inner = isTanh ? graph.Map("Tanh", TanhArgument(graph, input)) : graph.Map("Erf", graph.Multiply(input, graph.Scalar(Math.Sqrt(0.5))));
        return graph.Multiply(graph.Multiply(input, graph.Scalar(0.5)), graph.Add(inner, graph.Scalar(1)));
    }

    /// <summary>log(1 + exp(β x)) / β, and x itself where β x is above the threshold.</summary>
    public static OnnxValue Softplus(Softplus module, OnnxGraph graph, OnnxValue input)
    {
        bool isScaled = module.beta != 1;
        OnnxValue scaled = isScaled ? graph.Multiply(input, graph.Scalar(module.beta)) : input;
        OnnxValue soft = graph.Map("Softplus", scaled);
        OnnxValue result = isScaled ? graph.Divide(soft, graph.Scalar(module.beta)) : soft;
        return module.threshold >= NegligibleThreshold
            ? result
            : graph.Where(graph.Compare("Greater", scaled, graph.Scalar(module.threshold)), input, result);
    }

    /// <summary>The first half of a dimension times the sigmoid of the second.</summary>
    public static OnnxValue Glu(GLU module, OnnxGraph graph, OnnxValue input)
    {
        int axis = (int)(module.dim < 0 ? module.dim + input.Rank : module.dim);
        graph.Require(axis > 0 && axis < input.Rank, $"goes along dimension {module.dim} of {input.ShapeText}, expected one behind the batch.");
        long size = input.Shape[axis];
        graph.Require(size != OnnxValue.Free && size % 2 == 0, $"halves dimension {module.dim} of {input.ShapeText}, expected a fixed, even size there.");
        return graph.Multiply(graph.Slice(input, axis, 0, size / 2), graph.Map("Sigmoid", graph.Slice(input, axis, size / 2, size)));
    }

    /// <summary>Softmax and its relatives along a dimension.</summary>
    public static OnnxValue AlongAxis(string operatorType, long dimension, OnnxGraph graph, OnnxValue input)
    {
        long axis = dimension < 0 ? dimension + input.Rank : dimension;
        graph.Require(axis > 0 && axis < input.Rank, $"goes along dimension {dimension} of {input.ShapeText}, expected one behind the batch.");
        return graph.Map(operatorType, input, OnnxSetting.Of("axis", axis));
    }

    // √(2/π) (x + 0.044715 x³)
    private static OnnxValue TanhArgument(OnnxGraph graph, OnnxValue input)
    {
        OnnxValue cube = graph.Multiply(graph.Multiply(input, input), input);
        return graph.Multiply(graph.Add(input, graph.Multiply(cube, graph.Scalar(0.044715))), graph.Scalar(Math.Sqrt(2 / Math.PI)));
    }
}
