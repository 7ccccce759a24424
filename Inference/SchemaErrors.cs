namespace OnnxAE.Inference;

/// <summary>Errors about columns, in ML.NET's words.</summary>
internal static class SchemaErrors
{
    /// <summary>A column that is not there.</summary>
    public static ArgumentOutOfRangeException Missing(string role, string column, string parameterName)
        => new(parameterName, $"Could not find {role} column '{column}'");

    /// <summary>A column of the wrong type.</summary>
    public static ArgumentOutOfRangeException Mismatch(string role, string column, string expected, string found, string parameterName)
        => new(parameterName, $"Schema mismatch for {role} column '{column}': expected {expected}, got {found}");
}
