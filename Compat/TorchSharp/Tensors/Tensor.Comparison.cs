using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Op.eq_Tensor.Call(this, target);

        public Tensor lt(Scalar target) => Op.lt_Scalar.Call(this, target);

        public Tensor ge(Tensor target) => Op.ge_Tensor.Call(this, target);

        public Tensor logical_and(Tensor other) => Op.logical_and.Call(this, other);

        public Tensor masked_fill(Tensor mask, Scalar value) => Op.masked_fill_Scalar.Call(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.masked_fill__Scalar.CallInPlace(this, mask, value);

        internal Tensor where(Tensor condition, Tensor y) => Op.where_self.Call(condition, this, y);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Op.allclose.CallBool(this, target, rtol, atol, equal_nan);
    }
}
