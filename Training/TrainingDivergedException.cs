namespace OnnxAE.Training;

/// <summary>The loss stopped being a number: the run can't recover and is ended.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>An exception without details.</summary>
    public TrainingDivergedException()
        : this("The loss is no longer a finite number.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What was found, and what to do.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What was found, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDivergedException(double loss, int epoch, int imagesDone, double learningRate, long? lastGoodStep)
        : this(FormattableString.Invariant(
            $"The loss became {loss} in epoch {epoch} after {imagesDone} images. Lower the learning rate ({learningRate}) and train again.")) =>
        LastGoodStep = lastGoodStep;

    /// <summary>The step whose weights were put back, the last known to give a finite loss; null where there was none.</summary>
    public long? LastGoodStep { get; }
}
