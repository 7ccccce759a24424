using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>Dense layers as the source documents have them: Keras draws first weights by Glorot's rule and starts biases at 0.</summary>
/// <remarks>
/// TorchSharp's own first weights are smaller, and its biases are not 0: behind a narrow ReLU code most units then start
/// out negative for every image and stay off for good.
/// </remarks>
internal static class DenseLayer
{
    /// <summary>[N, <paramref name="inputs"/>] -> [N, <paramref name="outputs"/>].</summary>
    public static Linear Create(int inputs, int outputs)
    {
        Linear layer = Linear(inputs, outputs);
        init.xavier_uniform_(layer.weight);
        init.zeros_(layer.bias!);
        return layer;
    }
}
