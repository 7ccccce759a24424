namespace OnnxAE.Pipelines.Experiment;

/// <summary>Where features are read from an encoder.</summary>
internal enum EncoderLayer
{
    /// <summary>Its output.</summary>
    Code,

    /// <summary>The wider layer before, a feature map where the network is convolutional.</summary>
    Map,
}
