using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor detach() => Op.detach.Call(this);

        public Tensor clone() => Op.clone.Call(this);

        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeIf(disposeAfter, Op.to_dtype.Call(this, type, non_blocking, copy));

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(device.type, device.index, copy, disposeAfter, non_blocking);

        internal Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeIf(disposeAfter, Op.to_device.Call(this, new Device(deviceType, deviceIndex), dtype, non_blocking, copy));

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.copy_.CallInPlace(this, source, nonBlocking);

        public Tensor fill_(Scalar value) => Op.fill__Scalar.CallInPlace(this, value);

        /// <summary>Unlike the other operators in place, this one returns a second reference, as in the original.</summary>
        public Tensor zero_() => Op.zero_.CallInPlace(this).alias();

        private Tensor DisposeIf(bool condition, Tensor result)
        {
            if (condition)
            {
                Dispose();
            }

            return result;
        }
    }
}
