using OnnxAE.Inference;

namespace OnnxAE.Tests;

internal static class RowSetExtensions
{
    /// <summary>The bytes of all rows.</summary>
    public static byte[] AllBytes(this RowSet rows) => [.. Enumerable.Range(0, rows.Count).SelectMany(row => rows.GetBytes(row).ToArray())];
}
