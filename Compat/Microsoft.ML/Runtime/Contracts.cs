using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Runtime;

/// <summary>Argument and state checks that throw the exception types, with the words, that ML.NET throws.</summary>
internal static class Contracts
{
    public static void CheckValue(object value, string paramName)
    {
        if (value is null)
            throw new ArgumentNullException(paramName);
    }

    public static void CheckNonEmpty(string value, string paramName)
    {
        if (string.IsNullOrEmpty(value))
            throw new ArgumentNullException(paramName, $"{paramName} cannot be null or empty");
    }

    public static void CheckParam([DoesNotReturnIf(false)] bool condition, string paramName)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(paramName);
    }

    public static void CheckParam([DoesNotReturnIf(false)] bool condition, string paramName, string message)
    {
        if (!condition)
            throw ExceptParam(paramName, message);
    }

    public static void Check([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
            throw Except(message);
    }

    /// <summary>Demands that a stored model holds what it must.</summary>
    public static void CheckDecode([DoesNotReturnIf(false)] bool condition, string message = "Corrupt model file")
    {
        if (!condition)
            throw ExceptDecode(message);
    }

    public static InvalidOperationException Except(string message) => new(message);

    /// <summary>What a thread that reads rows for another met; the words are ML.NET's.</summary>
    public static InvalidOperationException ExceptWorker(Exception inner) =>
        new("Splitter/consolidator worker encountered exception while consuming source data", inner);

    public static ArgumentOutOfRangeException ExceptParam(string paramName, string message) => new(paramName, message);

    public static FormatException ExceptDecode(string message, Exception inner = null) => new(message, inner);

    /// <summary>A column that must be there is not.</summary>
    public static ArgumentOutOfRangeException ExceptSchemaMismatch(string paramName, string columnRole, string columnName) =>
        new(paramName, $"Could not find {columnRole} column '{columnName}'");

    /// <summary>A column has another type than it must have.</summary>
    public static ArgumentOutOfRangeException ExceptSchemaMismatch(
        string paramName, string columnRole, string columnName, string expectedType, string actualType) =>
        new(paramName, $"Schema mismatch for {columnRole} column '{columnName}': expected {expectedType}, got {actualType}");

    /// <summary>A getter was asked for with another type than the column's.</summary>
    public static InvalidOperationException ExceptGetterType(Type asked, Type actual) =>
        new($"Invalid TValue in GetGetter: '{asked}', expected type: '{actual}'.");
}
