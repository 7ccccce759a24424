namespace Microsoft.ML.Data;

/// <summary>A model that gives every class a score.</summary>
internal interface IMulticlassScorer
{
    int FeatureCount { get; }

    int ClassCount { get; }

    /// <summary>Scores one row; <paramref name="scores"/> has the length <see cref="ClassCount"/>.</summary>
    void Score(ReadOnlySpan<float> features, Span<float> scores);
}
