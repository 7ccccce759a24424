using System.Text.Json.Serialization;

namespace OnnxAE.Training;

/// <summary>Every exported graph of a network against TorchSharp.</summary>
/// <param name="Graphs">One entry a file.</param>
public sealed record VerificationReport(IReadOnlyList<GraphVerification> Graphs)
{
    /// <summary>Whether all graphs passed.</summary>
    public bool Passed => Graphs.All(g => g.Passed);

    /// <summary>Largest absolute difference of all graphs on real rows.</summary>
    [JsonIgnore]
    public double MaxAbsoluteDifference => Graphs.Max(g => g.MaxAbsoluteDifference);

    /// <summary>Which graph differs, on what input, by how much, and from which node on, in a sentence; null for a report that passed.</summary>
    [JsonIgnore]
    public string? Failure
    {
        get
        {
            if (Graphs.FirstOrDefault(g => !g.Passed) is not { Worst: { } worst } failed)
            {
                return null;
            }

            string what = worst.Mismatch ?? FormattableString.Invariant($"it differs by up to {worst.MaxAbsoluteDifference:G3} where at most {worst.Limit:G3} is allowed");
            string rounding = worst.Rounding is { } both && double.IsFinite(both.OnnxDistance)
                ? FormattableString.Invariant($", and by {both.OnnxDistance:G3} from the network in 64-bit floats, from which TorchSharp differs by {both.TorchSharpDistance:G3}")
                : "";
            string where = failed.FirstDifference is { } node ? $", {node}" : "";
            return $"'{failed.File}' differs from the trained network: {what} (input: {worst.Input}){rounding}{where}. The file was changed or belongs to other weights; export the network again.";
        }
    }

    /// <summary>Does nothing for a report that passed.</summary>
    /// <exception cref="InvalidDataException">A graph differs; the message is the <see cref="Failure"/>.</exception>
    public void ThrowIfFailed()
    {
        if (Failure is { } sentence)
        {
            throw new InvalidDataException(sentence);
        }
    }
}
