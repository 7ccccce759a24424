using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(Shape(in_channels, out_channels, kernel_size, stride, dilation, groups) with { Padding = [padding] }, bias, padding_mode, device, dtype);

        public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(Shape(in_channels, out_channels, kernel_size, stride, dilation, groups) with { PaddingType = padding }, bias, padding_mode, device, dtype);

        public static ConvTranspose1d ConvTranspose1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
        {
            var shape = Shape(in_channels, out_channels, kernel_size, stride, dilation, groups) with
            {
                Padding = [padding],
                OutputPadding = [output_padding],
                Transposed = true,
            };
            return new(shape, bias, padding_mode, device, dtype);
        }

        private static ConvolutionShape Shape(long inChannels, long outChannels, long kernel, long stride, long dilation, long groups) =>
            new(inChannels, outChannels, [kernel])
            {
                Stride = [stride],
                Dilation = [dilation],
                OutputPadding = [0],
                Groups = groups,
            };
    }
}
