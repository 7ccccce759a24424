using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>What classifiers say of rows whose class is known: every accuracy of this program comes from here.</summary>
internal static class Evaluation
{
    /// <summary>Reads the class probabilities of all rows.</summary>
    /// <param name="model">Writes them into <c>Score</c>.</param>
    /// <param name="rows">The rows with their classes, keys in a column <c>Label</c>.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    public static Predictions Predict(ITransformer model, IDataView rows, CancellationToken cancellationToken)
    {
        List<float[]> scores = [];
        VectorColumn.ForEach(model.Transform(rows), "Score", (_, row) => scores.Add(row.ToArray()), cancellationToken);
        return new Predictions(scores, [.. rows.GetColumn<uint>("Label").Select(key => (int)key - 1)]); // keys start at 1
    }
}
