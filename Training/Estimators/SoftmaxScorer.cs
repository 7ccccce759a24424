using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace OnnxAE.Training;

/// <summary>
/// What is left to do behind logits, by ML.NET's own maximum-entropy classifier: the softmax, the predicted class as a key of the
/// label's, and what the columns say of themselves. No other transformer that every ML.NET program loads makes keys of scores.
/// </summary>
/// <remarks>Its weights are 1 for a class's own logit and 0 for the others. ML.NET only makes such classifiers by training, so its constructors are not public; a test tells when they change.</remarks>
internal static class SoftmaxScorer
{
    /// <summary>Makes it: probabilities in Score, the class in PredictedLabel.</summary>
    /// <param name="label">The label to predict: a key of type UInt32.</param>
    /// <param name="logits">The column that it reads, a vector of Single as long as there are classes.</param>
    public static ITransformer Create(DataViewSchema.Column label, DataViewSchema.Column logits)
    {
        var ml = new MLContext(seed: 1);
        int classCount = checked((int)((KeyDataViewType)label.Type).Count);
        VBuffer<float>[] identity = [.. Enumerable.Range(0, classCount).Select(c => new VBuffer<float>(classCount, 1, [1], [c]))];
        DataViewSchema.Builder schema = new();
        schema.AddColumn(label.Name, label.Type, label.Annotations);
        schema.AddColumn(logits.Name, logits.Type);
        MaximumEntropyModelParameters model = CreateModel(ml, identity, new float[classCount], classCount, classCount, null, null);
        return Prediction<MaximumEntropyModelParameters>.Create(ml, model, schema.ToSchema(), logits.Name, label.Name, "Score", "PredictedLabel");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern MaximumEntropyModelParameters CreateModel(
        IHostEnvironment env, VBuffer<float>[] weights, float[] bias, int numClasses, int numFeatures, string[]? labelNames, ModelStatisticsBase? stats);

    private static class Prediction<TModel>
        where TModel : class
    {
        [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
        public static extern MulticlassPredictionTransformer<TModel> Create(
            IHostEnvironment env, TModel model, DataViewSchema inputSchema, string featureColumn, string labelColumn, string scoreColumn, string predictedLabelColumn);
    }
}
