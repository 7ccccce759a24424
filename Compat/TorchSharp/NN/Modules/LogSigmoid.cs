using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>ln(sigmoid(x)).</summary>
public sealed class LogSigmoid : nn.Module<Tensor, Tensor>
{
    internal LogSigmoid() : base(nameof(LogSigmoid)) { }

    public override Tensor forward(Tensor tensor) => Op.log_sigmoid.Call(tensor);
}
