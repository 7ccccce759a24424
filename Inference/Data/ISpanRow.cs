using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>A row that can write a vector straight to where it is wanted, instead of into a buffer to copy from.</summary>
internal interface ISpanRow
{
    /// <summary>Such a getter for a column of dense vectors; null for another column.</summary>
    SpanGetter<T>? GetSpanGetter<T>(DataViewSchema.Column column);
}
