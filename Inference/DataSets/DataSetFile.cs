namespace OnnxAE.Inference.DataSets;

/// <summary>One file of a data set, known by what it holds.</summary>
/// <param name="Name">Name of the uncompressed file; the compressed one has <c>.gz</c> after it.</param>
/// <param name="Length">Length of the uncompressed content in bytes.</param>
/// <param name="Sha256">SHA-256 of the uncompressed content, in lower-case hexadecimal.</param>
public sealed record DataSetFile(string Name, long Length, string Sha256);
