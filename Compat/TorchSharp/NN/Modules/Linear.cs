using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>y = x · weightᵀ + bias.</summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
    {
        in_features = weight.shape[1];
        out_features = weight.shape[0];
        this.weight = weight;
        this.bias = bias;
    }

    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = new Parameter(empty(outputSize, inputSize, dtype, device));
        bias = hasBias ? new Parameter(empty(outputSize, dtype, device)) : null;
        nn.init.DefaultWeights(weight, bias);
    }

    public long in_features { get; set; }

    public long out_features { get; set; }

    /// <summary>[out_features, in_features]</summary>
    public Parameter weight
    {
        get => FindParameter(nameof(weight))!;
        set => ReplaceParameter(nameof(weight), value);
    }

    public Parameter? bias
    {
        get => FindParameter(nameof(bias));
        set => ReplaceParameter(nameof(bias), value);
    }

    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
}
