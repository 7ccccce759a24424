using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static AlphaDropout AlphaDropout(double p = 0.5, bool inplace = false) => new(p, inplace);

        public static Dropout1d Dropout1d(double p = 0.5, bool inplace = false) => new(p, inplace);

        public static Hardshrink Hardshrink(double lambda = 0.5) => new(lambda);

        public static PixelShuffle PixelShuffle(long upscale_factor) => new(upscale_factor);

        public static RReLU RReLU(double lower = 1.0 / 8, double upper = 1.0 / 3, bool inplace = false) => new(lower, upper, inplace);

        public static Softmin Softmin(long dim) => new(dim);

        public static Softshrink Softshrink(double lambda = 0.5) => new(lambda);

        public static Tanhshrink Tanhshrink(bool inplace = false) => new(inplace);
    }
}
