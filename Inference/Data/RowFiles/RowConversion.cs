namespace OnnxAE.Inference.Data.RowFiles;

/// <summary>Brings the values of a file to the type of a column.</summary>
internal delegate void RowConversion<TFile, T>(ReadOnlySpan<TFile> found, Span<T> values);
