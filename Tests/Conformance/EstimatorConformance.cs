using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>
/// What ML.NET expects of every estimator and of the transformer that it fits, after the "workout test" of ML.NET's own
/// sources (TestEstimatorCore), through public members only, so that estimators from anywhere can be tried. For one's own:
/// <code>
/// EstimatorConformance.Check(estimator, validFitInput: rows, validTransformInput: rowsWithoutLabel, invalidInput: rowsWithoutFeatures);
/// </code>
/// The rows may come from anywhere, <c>LoadFromEnumerable</c> for instance; they are copied into a <see cref="Table"/>, which
/// does all that a view may do and refuses all that a reader may not. To see every aspect as a test of its own, call
/// <see cref="IEstimatorAspect.Check"/> for each of <see cref="Aspects"/>. An <see cref="IDataView"/> of one's own goes to
/// <see cref="ViewConformance.Check"/>, and what prediction engines make of rows to <see cref="PredictionEngineConformance"/>.
/// </summary>
internal static class EstimatorConformance
{
    /// <summary>All that is checked, each on a fresh <see cref="EstimatorCase"/> or one after the other.</summary>
    public static IReadOnlyList<IEstimatorAspect> Aspects { get; } =
    [
        new SchemaPropagation(),
        new SavedModel(),
        new InvalidInput(),
        new InvalidInputWords(),
        new RowMapping(),
        new SparseInput(),
        new ClosedSources(),
        .. ViewConformance.Aspects.Select(aspect => new OfViews(aspect)),
    ];

    /// <summary>Checks an estimator; the assertion that fails names the rows, the way of reading them and the column.</summary>
    /// <param name="estimator">What is to be checked.</param>
    /// <param name="validFitInput">Rows that it can be fitted to and that its transformer can transform: 20 to 100 will do.</param>
    /// <param name="validTransformInput">Rows that only the transformer can take, such as those without a label; null where there are none.</param>
    /// <param name="invalidInput">Rows that neither can take: a column is missing, or of another type; null for none.</param>
    public static void Check(
        IEstimator<ITransformer> estimator, IDataView validFitInput, IDataView? validTransformInput = null, IDataView? invalidInput = null)
    {
        using EstimatorCase all = new(estimator, validFitInput, validTransformInput, invalidInput is null ? [] : [invalidInput]);
        foreach (IEstimatorAspect aspect in Aspects)
        {
            aspect.Check(all);
        }
    }
}
