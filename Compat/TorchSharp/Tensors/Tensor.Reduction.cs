using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Op.sum.Call(this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Op.sum_dim_IntList.Call(this, dim, keepdim, type);

        public Tensor mean() => Op.mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Op.mean_dim.Call(this, dimensions, keepdim, type);

        public Tensor max() => Op.max.Call(this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Op.max_dim.CallPair(this, dim, keepdim);

        public Tensor min() => Op.min.Call(this);

        public Tensor amax(params long[] dims) => amax(dims, false);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null
            ? Op.amax.Call(this, dims, keepdim)
            : throw new NotSupportedException("Writing a result into a given tensor is not part of the system stack.");

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Op.topk.CallPair(this, (long)k, (long)dim, largest, sorted);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Op.quantile.Call(this, q, dim, keepdim);

        public Tensor argmax(long dim, bool keepdim = false) => Op.argmax.Call(this, dim, keepdim);

        internal Tensor norm(float p = 2.0f) => Op.norm_Scalar.Call(this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Op.norm_ScalarOpt_dim.Call(this, (double)p, (long[])[dim], keepdim);

        public Tensor std(bool unbiased = true) => Op.std.Call(this, unbiased);

        public Tensor var(bool unbiased = true) => Op.var.Call(this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Op.std_dim.Call(type is { } wanted ? to(wanted) : this, (long[])[dim], unbiased, keepdim);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Op.var_dim.Call(type is { } wanted ? to(wanted) : this, (long[])[dim], unbiased, keepdim);
    }
}
