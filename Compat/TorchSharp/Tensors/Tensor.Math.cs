using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Op.abs.Call(this);

        public Tensor exp() => Op.exp.Call(this);

        public Tensor log() => Op.log.Call(this);

        public Tensor log1p() => Op.log1p.Call(this);

        public Tensor sqrt() => Op.sqrt.Call(this);

        public Tensor rsqrt() => Op.rsqrt.Call(this);

        public Tensor square() => Op.square.Call(this);

        public Tensor neg() => Op.neg.Call(this);

        public Tensor relu() => Op.relu.Call(this);

        public Tensor sigmoid() => Op.sigmoid.Call(this);

        public Tensor tanh() => Op.tanh.Call(this);

        public Tensor floor() => Op.floor.Call(this);

        public Tensor sin() => Op.sin.Call(this);

        public Tensor cos() => Op.cos.Call(this);

        public Tensor acos() => Op.acos.Call(this);

        public Tensor sign() => Op.sign.Call(this);

        public Tensor erfinv() => Op.erfinv.Call(this);

        public Tensor reciprocal() => Op.reciprocal.Call(this);

        public Tensor abs_() => Op.abs_.CallInPlace(this);

        public Tensor exp_() => Op.exp_.CallInPlace(this);

        public Tensor log_() => Op.log_.CallInPlace(this);

        public Tensor sqrt_() => Op.sqrt_.CallInPlace(this);

        public Tensor relu_() => Op.relu_.CallInPlace(this);

        public Tensor sigmoid_() => Op.sigmoid_.CallInPlace(this);

        public Tensor tanh_() => Op.tanh_.CallInPlace(this);

        public Tensor add(Tensor target) => Op.add_Tensor.Call(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Op.add_Tensor.Call(this, target, alpha);

        public Tensor add(Scalar scalar) => Op.add_Scalar.Call(this, scalar);

        public Tensor add_(Tensor target) => Op.add__Tensor.CallInPlace(this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Op.add__Tensor.CallInPlace(this, target, alpha);

        public Tensor add_(Scalar scalar) => Op.add__Scalar.CallInPlace(this, scalar);

        public Tensor sub(Tensor target) => Op.sub_Tensor.Call(this, target);

        public Tensor sub(Scalar target) => Op.sub_Scalar.Call(this, target);

        public Tensor sub_(Tensor target) => Op.sub__Tensor.CallInPlace(this, target);

        public Tensor sub_(Scalar target) => Op.sub__Scalar.CallInPlace(this, target);

        public Tensor mul(Tensor target) => Op.mul_Tensor.Call(this, target);

        public Tensor mul(Scalar target) => Op.mul_Scalar.Call(this, target);

        public Tensor mul_(Tensor target) => Op.mul__Tensor.CallInPlace(this, target);

        public Tensor mul_(Scalar target) => Op.mul__Scalar.CallInPlace(this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div_Tensor_mode.Call(this, target, Rounding(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div_Scalar_mode.Call(this, target, Rounding(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div__Tensor_mode.CallInPlace(this, target, Rounding(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.div__Scalar_mode.CallInPlace(this, target, Rounding(rounding_mode));

        public Tensor pow(Scalar exponent) => Op.pow_Tensor_Scalar.Call(this, exponent);

        public Tensor pow(Tensor exponent) => Op.pow_Tensor_Tensor.Call(this, exponent);

        public Tensor lerp_(Tensor end, Tensor weight) => Op.lerp__Tensor.CallInPlace(this, end, weight);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcmul_.CallInPlace(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcdiv_.CallInPlace(this, tensor1, tensor2, value);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.clamp.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.clamp_.CallInPlace(this, min, max);

        public Tensor maximum(Tensor other) => Op.maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Op.minimum.Call(this, other);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.softmax_int.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.log_softmax_int.Call(this, dim, dtype);

        private static string? Rounding(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
