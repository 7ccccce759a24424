using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Op.abs.Call(this);

        public Tensor exp() => Op.exp.Call(this);

        public Tensor log() => Op.log.Call(this);

        internal Tensor sqrt() => Op.sqrt.Call(this);

        public Tensor square() => Op.square.Call(this);

        internal Tensor relu() => Op.relu.Call(this);

        public Tensor sigmoid() => Op.sigmoid.Call(this);

        internal Tensor tanh() => Op.tanh.Call(this);

        public Tensor erfinv() => Op.erfinv.Call(this);

        internal Tensor relu_() => Op.relu_.CallInPlace(this);

        internal Tensor sigmoid_() => Op.sigmoid_.CallInPlace(this);

        internal Tensor tanh_() => Op.tanh_.CallInPlace(this);

        internal Tensor add(Tensor target) => Op.add_Tensor.Call(this, target);

        internal Tensor add(Tensor target, Scalar alpha) => Op.add_Tensor.Call(this, target, alpha);

        internal Tensor add(Scalar scalar) => Op.add_Scalar.Call(this, scalar);

        public Tensor add_(Tensor target) => Op.add__Tensor.CallInPlace(this, target);

        internal Tensor add_(Tensor target, Scalar alpha) => Op.add__Tensor.CallInPlace(this, target, alpha);

        internal Tensor add_(Scalar scalar) => Op.add__Scalar.CallInPlace(this, scalar);

        internal Tensor mul(Tensor target) => Op.mul_Tensor.Call(this, target);

        internal Tensor mul(Scalar target) => Op.mul_Scalar.Call(this, target);

        public Tensor mul_(Tensor target) => Op.mul__Tensor.CallInPlace(this, target);

        internal Tensor mul_(Scalar target) => Op.mul__Scalar.CallInPlace(this, target);

        internal Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div_Tensor_mode.Call(this, target, Rounding(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div_Scalar_mode.Call(this, target, Rounding(rounding_mode));

        internal Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div__Tensor_mode.CallInPlace(this, target, Rounding(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div__Scalar_mode.CallInPlace(this, target, Rounding(rounding_mode));

        public Tensor pow(Scalar exponent) => Op.pow_Tensor_Scalar.Call(this, exponent);

        internal Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcmul_.CallInPlace(this, tensor1, tensor2, value);

        internal Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcdiv_.CallInPlace(this, tensor1, tensor2, value);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.clamp.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.clamp_.CallInPlace(this, min, max);

        internal Tensor softmax(long dim, ScalarType? dtype = null) => Op.softmax_int.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.log_softmax_int.Call(this, dim, dtype);

        private static string? Rounding(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
