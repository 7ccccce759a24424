namespace OnnxAE.Training;

/// <summary>Every exported graph of a network against TorchSharp.</summary>
/// <param name="Graphs">One entry a file.</param>
public sealed record VerificationReport(IReadOnlyList<GraphVerification> Graphs)
{
    /// <summary>Whether all graphs passed.</summary>
    public bool Passed => Graphs.All(g => g.Passed);

    /// <summary>Largest absolute difference of all graphs.</summary>
    public double MaxAbsoluteDifference => Graphs.Max(g => g.MaxAbsoluteDifference);

    /// <summary>Does nothing for a report that passed.</summary>
    /// <exception cref="InvalidDataException">A graph differs; the message says which, and by how much.</exception>
    public void ThrowIfFailed()
    {
        if (Graphs.FirstOrDefault(g => !g.Passed) is { } failed)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"'{failed.File}' differs from the trained network by up to {failed.MaxAbsoluteDifference:G3} where at most {failed.Limit:G3} is allowed: the file was changed or belongs to other weights. Export the network again."));
        }
    }
}
