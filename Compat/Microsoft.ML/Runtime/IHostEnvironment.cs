namespace Microsoft.ML.Runtime;

/// <summary>What components ask of the <see cref="MLContext"/> that they were made by. Only it implements this.</summary>
public interface IHostEnvironment
{
    /// <summary>The seed that the user gave, if any.</summary>
    internal int? Seed { get; }

    /// <summary>A generator of its own for one component; reproducible where the context has a seed.</summary>
    internal Random CreateRandom(int? seed = null);
}
