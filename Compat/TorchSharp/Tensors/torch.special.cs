using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Functions of probability.</summary>
    public static partial class special
    {
        /// <summary>The quantiles of the normal distribution: the inverse of its Φ.</summary>
        public static Tensor ndtri(Tensor input) => Op.special_ndtri.Call(input);
    }
}
