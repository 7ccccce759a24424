namespace OnnxAE.Pipelines;

/// <summary>A layer of an encoder that features are read from.</summary>
internal enum FeatureLayer
{
    /// <summary>The code.</summary>
    Code,

    /// <summary>The layer before the code: a convolutional encoder's feature map, flattened.</summary>
    Map,
}
