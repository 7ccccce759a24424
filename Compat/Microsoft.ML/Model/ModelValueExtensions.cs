using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Blocks of numbers in a stored model, without their count.</summary>
internal static class ModelValueExtensions
{
    public static void WriteValues<T>(this ModelSaveContext ctx, ReadOnlySpan<T> values)
        where T : unmanaged => ctx.Writer.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Reads <paramref name="count"/> values, refusing a count that what is left cannot hold.</summary>
    public static T[] ReadValues<T>(this ModelLoadContext ctx, int count)
        where T : unmanaged
    {
        Stream stream = ctx.Reader.BaseStream;
        Contracts.CheckDecode(count >= 0 && (long)count * Unsafe.SizeOf<T>() <= stream.Length - stream.Position);
        var values = new T[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
