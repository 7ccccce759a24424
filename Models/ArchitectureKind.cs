namespace OnnxAE.Models;

/// <summary>What a row of the catalogue makes.</summary>
public enum ArchitectureKind
{
    /// <summary>Encoder and decoder.</summary>
    Autoencoder,

    /// <summary>Encoder with means and variances, and decoder.</summary>
    VariationalAutoencoder,

    /// <summary>A classifier trained on labels, whose last hidden layer is read out as the code; it has no decoder.</summary>
    Classifier,
}
