namespace OnnxAE.Pipelines;

/// <summary>A layer of an encoder that features are read from.</summary>
internal enum FeatureLayer
{
    /// <summary>The code.</summary>
    Code,

    /// <summary>The map, which is the layer before the code: a convolutional encoder's feature maps, flattened.</summary>
    Map,
}
