namespace OnnxAE.Inference;

/// <summary>Writes the present row's vector into memory of its length.</summary>
internal delegate void SpanGetter<T>(Span<T> values);
