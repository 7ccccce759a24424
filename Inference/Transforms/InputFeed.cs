namespace OnnxAE.Inference.Transforms;

/// <summary>Writes the source's present row into a row of an input tensor.</summary>
internal abstract class InputFeed
{
    /// <summary>Copies the values.</summary>
    /// <param name="tensors">Where to.</param>
    /// <param name="row">The number of the row there.</param>
    /// <param name="buffer">The buffer that the row's other columns were read into.</param>
    /// <exception cref="InvalidOperationException">A vector of a column without a fixed size has the wrong length.</exception>
    public abstract void Read(BatchTensors tensors, int row, int buffer);

    /// <summary>Called behind the last row; what it throws comes to the reader behind that row.</summary>
    public virtual void Complete()
    {
    }
}
