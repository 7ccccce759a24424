namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long[] shape => Layout().Sizes;

        internal long Dimensions => Interop.Native.TensorDim(Native);

        public long ndim => Dimensions;

        internal long NumberOfElements => Interop.Native.TensorNumel(Native);

        public long ElementSize => Interop.Native.TensorElementSize(Native);

        public ScalarType dtype => (ScalarType)Interop.Native.TensorDtype(Native);

        internal DeviceType device_type => (DeviceType)Interop.Native.TensorDevice(Native, out _);

        internal int device_index
        {
            get
            {
                _ = Interop.Native.TensorDevice(Native, out int index);
                return index;
            }
        }

        public Device device => new(device_type, device_index);

        internal bool is_cuda => device_type == DeviceType.CUDA;

        public long numel() => NumberOfElements;

        internal long[] stride() => Layout().Strides;

        internal bool is_cpu() => device_type == DeviceType.CPU;

        internal bool is_contiguous() => Interop.Native.TensorIsContiguous(Native) != 0;

        internal bool is_floating_point() => torch.is_floating_point(dtype);

        internal bool is_integral() => torch.is_integral(dtype);

        private unsafe (long[] Sizes, long[] Strides) Layout()
        {
            var sizes = new long[Dimensions];
            var strides = new long[sizes.Length];
            Interop.Native.Check(Interop.Native.TensorLayout(Native, sizes, strides));
            return (sizes, strides);
        }
    }

    internal static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    internal static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;
}
