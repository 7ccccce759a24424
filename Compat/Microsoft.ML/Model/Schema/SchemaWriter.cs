namespace Microsoft.ML;

internal static class SchemaWriter
{
    public static void Write(DataViewSchema schema, Stream stream)
    {
    }
}
