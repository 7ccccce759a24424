using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>First values for parameters.</summary>
        public static class init
        {
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            internal static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var _ = no_grad();
                return tensor.fill_(val);
            }

            /// <summary>As in the original, the generator is not used: the numbers come from the process-wide one.</summary>
            internal static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var _ = no_grad();
                return tensor.uniform_(low, high);
            }

            /// <summary>As in the original, the generator is not used: the numbers come from the process-wide one.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var _ = no_grad();
                return tensor.normal_(mean, std);
            }

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                double bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            internal static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                long[] shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                }

                long field = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * field, shape[0] * field);
            }

            /// <summary>
            /// What linear and convolution layers start from: both weight and bias uniform in ±1/√fan-in; for the
            /// weight that is Kaiming's rule for a leaky ReLU of slope √5.
            /// </summary>
            internal static void DefaultWeights(Parameter weight, Parameter? bias)
            {
                var (fanIn, _) = CalculateFanInAndFanOut(weight);
                double gain = Math.Sqrt(2.0 / (1 + 5));
                double bound = Math.Sqrt(3.0) * (gain / Math.Sqrt(fanIn));
                uniform_(weight, -bound, bound);
                if (bias is not null)
                {
                    uniform_(bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
                }
            }
        }
    }
}
