using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Fits heads to rows of features in memory, with or without labels that spread to the rows which have none.</summary>
/// <param name="features">The rows.</param>
/// <param name="classCount">Number of classes.</param>
/// <param name="kind">What head.</param>
/// <param name="neighbors">The neighbors of all rows; null to learn from labeled rows alone.</param>
/// <param name="settings">Knobs.</param>
/// <param name="seed">Of everything that is drawn.</param>
/// <param name="cancellationToken">Looked at between stages of a fit.</param>
internal sealed class HeadFitter(
    StandardFeatures features, int classCount, HeadKind kind, NearestNeighbors? neighbors, ClassifySettings settings, int seed, CancellationToken cancellationToken)
{
    /// <summary>What there is to choose: the penalty of a linear head, which labels spread from too, or a multilayer perceptron's weight decay.</summary>
    public string SettingName => StartsLinear ? "L2 penalty" : "weight decay";

    // Few rows are learned from better by a linear head, whatever learns from all of them later.
    private bool StartsLinear => kind == HeadKind.Linear || neighbors is not null;

    /// <summary>Chooses by heads on labeled rows alone.</summary>
    public double Choose(CrossValidation validation) => StartsLinear
        ? validation.ChoosePenalty(cancellationToken)
        : validation.Choose(settings.WeightDecays, Perceptron, threads: 1, cancellationToken); // its first weights come from a seed that all threads share

    /// <summary>Makes the folds that settings are chosen by.</summary>
    public CrossValidation Validate(IReadOnlyList<uint> keys) => new(features, keys, classCount, settings, seed);

    /// <summary>Fits to the labeled rows, and to the others where labels spread.</summary>
    /// <param name="keys">A class a row, from 1; 0 for none.</param>
    /// <param name="setting">What was chosen.</param>
    /// <param name="held">Rows that the head must not learn from, since it will be asked for them; they are in the graph all the same.</param>
    public ClassifierHead Fit(IReadOnlyList<uint> keys, double setting, IReadOnlyCollection<int>? held = null)
    {
        HashSet<int> hidden = [.. held ?? []];
        var ml = new MLContext(seed);
        IEstimator<ITransformer> trainer = !StartsLinear ? Perceptron(ml, setting)
            : neighbors is null ? LinearHead.Create(ml, (float)setting, isWeighted: false, settings.TrainerThreads)
            : SpreadingHead.Create(ml, kind, (float)setting, features.Dimension, neighbors, settings, seed, cancellationToken, row => !hidden.Contains(row));
        IEnumerable<int> rows = Enumerable.Range(0, keys.Count).Where(row => neighbors is not null || keys[row] != 0);
        ITransformer model = trainer.Fit(features.View(ml, keys, rows, classCount));
        using var disposable = model as IDisposable;
        return model is ClassifierHeadTransformer perceptron ? perceptron.Head
            : ClassifierHead.OfLinear(((MulticlassPredictionTransformer<MaximumEntropyModelParameters>)model).Model);
    }

    /// <summary>What a head says of some rows whose class is known.</summary>
    public Predictions Predict(ClassifierHead head, IReadOnlyList<uint> keys, IReadOnlyList<int> rows)
    {
        var ml = new MLContext(seed);
        IDataView view = features.View(ml, keys, rows, classCount);
        using ClassifierHeadTransformer model = head.CreateTransformer(ml.MulticlassClassification.Trainers, view.Schema["Label"], "Features", "Logits");
        return new Predictions([.. model.Transform(view).GetColumn<float[]>("Score")], [.. rows.Select(row => (int)keys[row] - 1)]);
    }

    private MultilayerPerceptronEstimator Perceptron(MLContext ml, double weightDecay) =>
        SpreadingHead.CreatePerceptron(ml, settings.Perceptron with { WeightDecay = weightDecay }, isWeighted: false, seed, cancellationToken);
}
