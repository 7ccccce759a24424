using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>Shapes of schemas: what an estimator is told of its input, and promises of its output.</summary>
internal static class SchemaShapes
{
    /// <summary>
    /// The shape of a schema. ML.NET keeps the method that makes one to itself, but a chain of estimators hands one to
    /// each of its links.
    /// </summary>
    public static SchemaShape Of(DataViewSchema schema)
    {
        Probe probe = new();
        new EstimatorChain<ITransformer>().Append(probe).Fit(new Table(schema, []));
        return probe.Seen!;
    }

    /// <summary>Demands the same columns, in any order.</summary>
    public static void AssertSame(SchemaShape promised, SchemaShape delivered, string what)
        => Assert.AreEqual(string.Join('\n', Describe(promised)), string.Join('\n', Describe(delivered)), what);

    private static IEnumerable<string> Describe(SchemaShape shape)
        => shape.Select(c => $"{c.Name}: {c.Kind} of {(c.IsKey ? "keys of " : "")}{c.ItemType} ({string.Join("; ", Describe(c.Annotations))})").Order(StringComparer.Ordinal);

    private sealed class Probe : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;
    }
}
