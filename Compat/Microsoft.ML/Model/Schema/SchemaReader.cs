namespace Microsoft.ML;

internal static class SchemaReader
{
    public static DataViewSchema Read(MemoryStream stream) => null;
}
