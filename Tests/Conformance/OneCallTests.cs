using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>The kit as it is used for one's own estimators and views.</summary>
[TestClass]
public sealed class OneCallTests
{
    private const int RowCount = 23;

    private static readonly MLContext Context = new(seed: 1);
    private static readonly Table Rows = Table.Of(Context.Data.LoadFromEnumerable(SampleRow.Make(RowCount)));

    [TestMethod]
    public void One_call_checks_an_estimator()
        => EstimatorConformance.Check(Context.Transforms.NormalizeMinMax("Values"), Rows, validTransformInput: null, Rows.Without("Values"));

    [TestMethod]
    public void One_call_checks_a_view() => ViewConformance.Check(Rows);

    [TestMethod]
    public void An_estimator_that_promises_another_schema_fails()
    {
        AssertFailedException error = Assert.ThrowsExactly<AssertFailedException>(() => EstimatorConformance.Check(new Liar(), Rows));
        StringAssert.Contains(error.Message, "shapes that the estimator promises");
    }

    /// <summary>Says that it adds no column.</summary>
    private sealed class Liar : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => Context.Transforms.CopyColumns("Copy", "Values").Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
