namespace OnnxAE.Training;

/// <summary>Settings of a classifier trained on few labels, with the reason for each default.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Passes over the labelled images. 60: with 600 of them the loss is near zero by then and accuracy has levelled off.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Images an optimizer step. 32: about 19 steps an epoch for 600 images.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's step size. 0.001: the value its authors recommend, as for the autoencoder.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decides the order of the images.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>True trains the output layer alone and leaves every weight of the encoder as it is.</summary>
    public bool FreezeEncoder { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));
        if (!double.IsFinite(LearningRate) || LearningRate <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The learning rate must be a finite number above 0.");
        }
    }
}
