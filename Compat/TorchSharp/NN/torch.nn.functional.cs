using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers without state.</summary>
        public static partial class functional
        {
            internal static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Op.linear.Call(input, weights, bias);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Op.dropout_.CallInPlace(input, p, training).alias() : Op.dropout.Call(input, p, training);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            internal static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            internal static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            internal static Tensor sigmoid(Tensor x) => x.sigmoid();

            internal static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            internal static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => inplace
                ? Op.leaky_relu_.CallInPlace(input, negative_slope).alias()
                : Op.leaky_relu.Call(input, negative_slope);

            internal static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? Op.elu_.CallInPlace(x, alpha).alias() : Op.elu.Call(x, alpha);

            internal static Tensor silu(Tensor x, bool inplace = false) => inplace ? Op.silu_.CallInPlace(x).alias() : Op.silu.Call(x);

            internal static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Op.softplus.Call(x, beta, threshold);
        }
    }
}
