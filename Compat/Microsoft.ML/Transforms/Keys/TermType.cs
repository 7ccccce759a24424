using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The types of values that can be mapped to keys, and how they compare.</summary>
internal static class TermType
{
    private static readonly PrimitiveDataViewType[] Numbers =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double,
    ];

    /// <summary>The type that a stored dictionary calls by this name.</summary>
    public static PrimitiveDataViewType Find(string name) =>
        Array.Find(Numbers, type => type.RawType.Name == name)
        ?? throw new NotSupportedException($"The model maps values of type '{name}' to keys, and only text and numbers are supported here.");

    /// <exception cref="NotSupportedException">The values are neither text nor numbers.</exception>
    public static void Check(DataViewType type)
    {
        if (type is not TextDataViewType && !Numbers.Contains(type))
            throw new NotSupportedException($"Values of type {type} cannot be mapped to keys here, only text and numbers.");
    }

    public static bool IsMissing<T>(T value) => value switch
    {
        ReadOnlyMemory<char> text => text.IsEmpty,
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        _ => false,
    };

    public static IEqualityComparer<T> GetEquality<T>() =>
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IEqualityComparer<T>)(object)TextComparer.Instance : EqualityComparer<T>.Default;

    public static IComparer<T> GetOrder<T>() =>
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IComparer<T>)(object)TextComparer.Instance : Comparer<T>.Default;

    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
    {
        public static readonly TextComparer Instance = new();

        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> value) => string.GetHashCode(value.Span, StringComparison.Ordinal);

        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.CompareTo(y.Span, StringComparison.Ordinal);
    }
}
