using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor reshape(params long[] shape) => Op.reshape.Call(this, shape);

        internal Tensor view(params long[] shape) => Op.view.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.flatten_using_ints.Call(this, start_dim, end_dim);

        internal Tensor unflatten(long dim, params long[] sizes) => Op.unflatten_int.Call(this, dim, sizes);

        public Tensor squeeze(long? dim = null) => dim is { } at ? Op.squeeze_dim.Call(this, at) : Op.squeeze.Call(this);

        public Tensor unsqueeze(long dim) => Op.unsqueeze.Call(this, dim);

        public Tensor t() => Op.t.Call(this);

        public Tensor permute(params long[] permutation) => Op.permute.Call(this, permutation);

        public Tensor expand(params long[] sizes) => Op.expand.Call(this, sizes);

        public Tensor contiguous() => Op.contiguous.Call(this);

        public Tensor narrow(long dim, long start, long length) => Op.narrow.Call(this, dim, start, length);

        public Tensor index_select(long dim, Tensor index) => Op.index_select.Call(this, dim, index);

        public Tensor matmul(Tensor target) => Op.matmul.Call(this, target);

        public Tensor mm(Tensor target) => Op.mm.Call(this, target);
    }
}
