using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Comparison of schemas, annotations and their values included.</summary>
internal static class Schemas
{
    /// <summary>Demands the same columns in the same order.</summary>
    public static void AssertSame(DataViewSchema expected, DataViewSchema actual, string what)
    {
        Assert.AreEqual(Names(expected), Names(actual), $"{what}: columns");
        foreach ((DataViewSchema.Column wanted, DataViewSchema.Column found) in expected.Zip(actual))
        {
            string column = $"{what}: column '{wanted.Name}'";
            Assert.AreEqual(wanted.Type, found.Type, $"{column}: type");
            Assert.AreEqual(wanted.IsHidden, found.IsHidden, $"{column}: hidden by a later one");
            AssertSame(wanted.Annotations, found.Annotations, column);
        }
    }

    private static void AssertSame(DataViewSchema.Annotations expected, DataViewSchema.Annotations actual, string column)
    {
        Assert.AreEqual(Names(expected.Schema), Names(actual.Schema), $"{column}: annotations");
        foreach ((DataViewSchema.Column wanted, DataViewSchema.Column found) in expected.Schema.Zip(actual.Schema))
        {
            Assert.AreEqual(wanted.Type, found.Type, $"{column}: type of annotation '{wanted.Name}'");
            Assert.IsTrue(
                ColumnValues.AreEqual(ColumnValues.ReadAnnotation(expected, wanted), ColumnValues.ReadAnnotation(actual, found)),
                $"{column}: value of annotation '{wanted.Name}'");
        }
    }

    private static string Names(DataViewSchema schema) => string.Join(", ", schema.Select(c => c.Name));
}
