namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long[] shape => Layout().Sizes;

        public long Dimensions => Interop.Native.TensorDim(Native);

        public long ndim => Dimensions;

        public long NumberOfElements => Interop.Native.TensorNumel(Native);

        public long ElementSize => Interop.Native.TensorElementSize(Native);

        public ScalarType dtype => (ScalarType)Interop.Native.TensorDtype(Native);

        public DeviceType device_type => (DeviceType)Interop.Native.TensorDevice(Native, out _);

        public int device_index
        {
            get
            {
                _ = Interop.Native.TensorDevice(Native, out int index);
                return index;
            }
        }

        public Device device => new(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long[] size() => shape;

        public long size(int dim) => shape[dim < 0 ? dim + (int)Dimensions : dim];

        public long[] stride() => Layout().Strides;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_contiguous() => Interop.Native.TensorIsContiguous(Native) != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        private unsafe (long[] Sizes, long[] Strides) Layout()
        {
            var sizes = new long[Dimensions];
            var strides = new long[sizes.Length];
            Interop.Native.Check(Interop.Native.TensorLayout(Native, sizes, strides));
            return (sizes, strides);
        }
    }

    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;
}
