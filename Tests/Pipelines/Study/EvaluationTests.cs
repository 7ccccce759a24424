using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EvaluationTests
{
    [TestMethod]
    public void TheClassIsReadOffTheScoresAndTheLabelsWhateverAColumnOfPredictionsSays()
    {
        var ml = new MLContext(seed: 1);
        float[][] scores = [[0.7f, 0.2f, 0.1f], [0.1f, 0.2f, 0.7f], [0.3f, 0.4f, 0.3f], [0.6f, 0.3f, 0.1f]];
        uint[] classes = [0, 2, 2, 0];
        var schema = SchemaDefinition.Create(typeof(ScoredRow));
        schema[nameof(ScoredRow.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        schema[nameof(ScoredRow.Label)].ColumnType = schema[nameof(ScoredRow.PredictedLabel)].ColumnType = new KeyDataViewType(typeof(uint), 3);
        IDataView view = ml.Data.LoadFromEnumerable(scores.Select((score, i) => new ScoredRow { Score = score, Label = classes[i], PredictedLabel = 1 }), schema);

        Predictions found = Evaluation.Predict(new TransformerChain<ITransformer>(), view, CancellationToken.None);

        CollectionAssert.AreEqual(new[] { 0, 2, 2, 0 }, found.Labels.ToArray());
        Assert.AreEqual(0.75, found.Accuracy);
        Assert.AreEqual(ml.MulticlassClassification.Evaluate(view).MicroAccuracy, found.Accuracy, "ML.NET reads it off the scores too");
        Assert.ThrowsExactly<OperationCanceledException>(() => Evaluation.Predict(new TransformerChain<ITransformer>(), view, new CancellationToken(canceled: true)));
    }

    private sealed class ScoredRow
    {
        public float[] Score { get; set; } = [];

        public uint Label { get; set; }

        public uint PredictedLabel { get; set; }
    }
}
