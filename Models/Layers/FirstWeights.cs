using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// First weights as the documents' libraries draw them. TorchSharp's own are smaller and its biases are not 0: behind a narrow
/// ReLU code most units then start out negative for every image and stay off for good.
/// </summary>
public static class FirstWeights
{
    /// <summary>
    /// Keras's: weights uniform within sqrt(6 / (inputs + outputs)), biases 0 (Glorot and Bengio, 2010, equation 16). Draws from
    /// TorchSharp's global generator.
    /// </summary>
    /// <typeparam name="TNetwork">The network's type.</typeparam>
    /// <param name="network">Its dense and convolution layers are drawn anew.</param>
    /// <returns>The network.</returns>
    public static TNetwork Glorot<TNetwork>(TNetwork network)
        where TNetwork : Module =>
        Draw(network, weight => init.xavier_uniform_(weight), bias => init.zeros_(bias));

    /// <summary>Weights and biases alike from N(0, deviation^2), as TensorFlow's RandomNormal draws them with 0.05.</summary>
    /// <typeparam name="TNetwork">The network's type.</typeparam>
    /// <param name="network">Its dense and convolution layers are drawn anew.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <returns>The network.</returns>
    public static TNetwork Normal<TNetwork>(TNetwork network, double deviation)
        where TNetwork : Module =>
        Draw(network, weight => init.normal_(weight, 0, deviation), bias => init.normal_(bias, 0, deviation));

    private static TNetwork Draw<TNetwork>(TNetwork network, Action<Tensor> weights, Action<Tensor> biases)
        where TNetwork : Module
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (Module layer in network.modules().Prepend(network))
        {
            (Parameter? weight, Parameter? bias) = layer switch
            {
                Linear linear => (linear.weight, linear.bias),
                Convolution convolution => (convolution.weight, convolution.bias),
                _ => (null, null),
            };
            if (weight is not null)
            {
                weights(weight);
            }

            if (bias is not null)
            {
                biases(bias);
            }
        }

        return network;
    }
}
