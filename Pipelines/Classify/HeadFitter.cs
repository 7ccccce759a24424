using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using OnnxAE.Inference;
using OnnxAE.Pipelines.Experiment;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Classify;

/// <summary>Fits heads to rows of features in memory, with or without labels that spread to the rows which have none.</summary>
/// <param name="features">[rows][dimensions], standardised.</param>
/// <param name="classCount">Number of classes.</param>
/// <param name="kind">What head.</param>
/// <param name="neighbors">The neighbors of all rows; null to learn from labeled rows alone.</param>
/// <param name="settings">Knobs.</param>
/// <param name="seed">Of everything that is drawn.</param>
internal sealed class HeadFitter(float[][] features, int classCount, HeadKind kind, NearestNeighbors? neighbors, ClassifySettings settings, int seed)
{
    /// <summary>What there is to choose: the penalty of a linear head, which labels spread from too, or a multilayer perceptron's weight decay.</summary>
    public string SettingName => StartsLinear ? "L2 penalty" : "weight decay";

    /// <summary>The settings to choose from.</summary>
    public IReadOnlyList<double> Candidates => StartsLinear
        ? [.. settings.PenaltiesPerFeature.Select(penalty => penalty * features[0].Length)]
        : settings.WeightDecays;

    // Few rows are learned from better by a linear head, whatever learns from all of them later.
    private bool StartsLinear => kind == HeadKind.Linear || neighbors is not null;

    /// <summary>Fits to the labeled rows, and to the others where labels spread.</summary>
    /// <param name="keys">A class a row, from 1; 0 for none.</param>
    /// <param name="setting">One of <see cref="Candidates"/>.</param>
    public ClassifierHead Fit(IReadOnlyList<uint> keys, double setting)
    {
        var ml = new MLContext(seed);
        ITransformer model = neighbors is null
            ? Trainer(ml, setting).Fit(View(ml, keys, LabeledRows(keys)))
            : Spread(ml, setting).Fit(View(ml, keys, Enumerable.Range(0, features.Length)));
        return HeadOf(model);
    }

    /// <summary>Fits to some labeled rows alone.</summary>
    public ClassifierHead FitLabeled(IReadOnlyList<uint> keys, IEnumerable<int> rows, double setting)
    {
        var ml = new MLContext(seed);
        return HeadOf(Trainer(ml, setting).Fit(View(ml, keys, rows)));
    }

    /// <summary>What a head says of some rows whose class is known.</summary>
    public Predictions Predict(ClassifierHead head, IReadOnlyList<uint> keys, IReadOnlyList<int> rows)
    {
        var ml = new MLContext(seed);
        IDataView view = View(ml, keys, rows);
        using ClassifierHeadTransformer model = head.CreateTransformer(ml.MulticlassClassification.Trainers, view.Schema["Label"], "Features", "Logits");
        return new Predictions([.. model.Transform(view).GetColumn<float[]>("Score")], [.. rows.Select(row => (int)keys[row] - 1)]);
    }

    private IEstimator<ITransformer> Spread(MLContext ml, double penalty)
    {
        var trainers = ml.MulticlassClassification.Trainers;
        var linear = Linear(ml, penalty, isWeighted: true);
        return kind == HeadKind.Linear
            ? trainers.LabelSpreading(linear, settings.Spreading(neighbors!, LinearHead.WeightColumn, settings.LinearPseudoLabeledRows, seed))
            : trainers.LabelSpreading(Perceptron(ml, null, isWeighted: true), settings.Spreading(neighbors!, LinearHead.WeightColumn, null, seed), starter: linear);
    }

    private IEstimator<ITransformer> Trainer(MLContext ml, double setting)
    {
        if (StartsLinear)
        {
            return Linear(ml, setting, isWeighted: false);
        }

        return Perceptron(ml, setting, isWeighted: false);
    }

    private LbfgsMaximumEntropyMulticlassTrainer Linear(MLContext ml, double penalty, bool isWeighted) =>
        LinearHead.Create(ml, (float)penalty, isWeighted, settings.TrainerThreads);

    private MultilayerPerceptronEstimator Perceptron(MLContext ml, double? weightDecay, bool isWeighted)
    {
        MultilayerPerceptronOptions options = new()
        {
            ExampleWeightColumnName = isWeighted ? LinearHead.WeightColumn : null,
            Epochs = settings.PerceptronEpochs,
            Seed = seed,
        };
        return ml.MulticlassClassification.Trainers.MultilayerPerceptron(weightDecay is { } decay ? options with { WeightDecay = decay } : options);
    }

    private static ClassifierHead HeadOf(ITransformer model)
    {
        using var disposable = model as IDisposable;
        return model is ClassifierHeadTransformer perceptron ? perceptron.Head
            : ClassifierHead.OfLinear(((MulticlassPredictionTransformer<MaximumEntropyModelParameters>)model).Model);
    }

    private static IEnumerable<int> LabeledRows(IReadOnlyList<uint> keys) => Enumerable.Range(0, keys.Count).Where(row => keys[row] != 0);

    // Labels of rows count from 0; what is no class is missing.
    private IDataView View(MLContext ml, IReadOnlyList<uint> keys, IEnumerable<int> rows) =>
        FeatureRow.View(ml, rows.Select(row => new FeatureRow { Features = features[row], Label = keys[row] - 1 }), features[0].Length, classCount);
}
