namespace OnnxAE.Training;

/// <summary>What is compared when a graph is verified.</summary>
public sealed record VerificationOptions
{
    /// <summary>Sizes of batches that are taken from the beginning of the rows: small ones, and one that no vector instruction divides.</summary>
    public IReadOnlyList<int> BatchSizes { get; init; } = [1, 2, 7, 64];

    /// <summary>Rows a batch when all rows are compared; doesn't divide the usual test sets, so that a shorter last batch proves the batch dimension to be free.</summary>
    public int AllRowsBatchSize { get; init; } = 512;

    /// <summary>Whether zeros, ones, large and tiny numbers and NaN are compared too.</summary>
    public bool EdgeInputs { get; init; } = true;

    /// <summary>Whether the first node that differs is looked for when a graph fails.</summary>
    public bool FindsFirstDifference { get; init; } = true;
}
