using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>The schema that is promised, by the estimator, the transformer and its row mapper, is that of the view.</summary>
internal sealed class SchemaPropagation : IEstimatorAspect
{
    public void Check(EstimatorCase estimator)
    {
        ITransformer transformer = estimator.Transformer;
        SchemaShapes.AssertSame(
            estimator.Estimator.GetOutputSchema(SchemaShapes.Of(estimator.FitInput.Schema)),
            SchemaShapes.Of(transformer.GetOutputSchema(estimator.FitInput.Schema)),
            "shapes that the estimator promises and the transformer delivers");

        foreach ((string name, Table rows) in estimator.Inputs)
        {
            DataViewSchema promised = transformer.GetOutputSchema(rows.Schema);
            Schemas.AssertSame(promised, transformer.Transform(rows).Schema, $"{name}: Transform's schema");
            if (!transformer.IsRowToRowMapper)
            {
                continue;
            }

            IRowToRowMapper mapper = transformer.GetRowToRowMapper(rows.Schema);
            Assert.AreSame(rows.Schema, mapper.InputSchema, $"{name}: the row mapper's input schema");
            Schemas.AssertSame(promised, mapper.OutputSchema, $"{name}: the row mapper's output schema");
        }
    }
}
