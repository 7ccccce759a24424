namespace OnnxAE.Models;

/// <summary>The rule by which gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015, arXiv:1412.6980).</summary>
    Adam,

    /// <summary>Adam with weight decay that leaves its averages alone (Loshchilov and Hutter, 2019, arXiv:1711.05101).</summary>
    AdamW,

    /// <summary>RMSprop (Tieleman and Hinton, 2012), the average's weight 0.9 as in Keras, where the documents take it from.</summary>
    RMSprop,

    /// <summary>Plain stochastic gradient descent.</summary>
    Sgd,
}
