using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Op.add_Tensor.Call(left, right);

        public static Tensor operator +(Tensor left, Scalar right) => Op.add_Scalar.Call(left, right);

        public static Tensor operator -(Tensor left, Tensor right) => Op.sub_Tensor.Call(left, right);

        public static Tensor operator -(Tensor left, Scalar right) => Op.sub_Scalar.Call(left, right);

        public static Tensor operator -(Scalar left, Tensor right) => Op.rsub_Scalar.Call(right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Op.mul_Tensor.Call(left, right);

        public static Tensor operator *(Tensor left, Scalar right) => Op.mul_Scalar.Call(left, right);

        public static Tensor operator *(Scalar left, Tensor right) => Op.mul_Scalar.Call(right, left);

        public static Tensor operator /(Tensor left, Scalar right) => Op.div_Scalar.Call(left, right);
    }
}
