using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Op.cat.Call(tensors, dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat([.. tensors], dim);

    internal static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Op.stack.Call(tensors.ToArray(), dim);

    internal static Tensor where(Tensor condition, Tensor x, Tensor y) => Op.where_self.Call(condition, x, y);

    internal static Tensor sqrt(Tensor input) => input.sqrt();

    internal static Tensor sigmoid(Tensor input) => input.sigmoid();

    internal static Tensor tanh(Tensor input) => input.tanh();

    internal static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
}
