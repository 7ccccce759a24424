using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Fits heads to rows of features in memory.</summary>
/// <param name="features">The rows.</param>
/// <param name="classCount">Number of classes.</param>
/// <param name="head">What is fitted.</param>
/// <param name="neighbors">The neighbors of all rows; null for a head that needs none.</param>
/// <param name="settings">Knobs.</param>
/// <param name="seed">Of everything that is drawn.</param>
/// <param name="cancellationToken">Looked at between stages of a fit.</param>
internal sealed class HeadFitter(
    StandardFeatures features, int classCount, Head head, NearestNeighbors? neighbors, HeadSettings settings, int seed, CancellationToken cancellationToken)
{
    /// <summary>What is fitted.</summary>
    public Head Head => head;

    /// <summary>Makes the folds that settings are chosen by.</summary>
    public CrossValidation Validate(IReadOnlyList<uint> keys) => new(features, keys, classCount, settings, seed);

    /// <summary>Fits to the labeled rows, and to the others where the head learns from all.</summary>
    /// <param name="keys">A class a row, from 1; 0 for none.</param>
    /// <param name="setting">What was chosen.</param>
    /// <param name="held">Rows that the head must not learn from, since it will be asked for them; they are in the graph all the same.</param>
    public ClassifierHead Fit(IReadOnlyList<uint> keys, double setting, IReadOnlyCollection<int>? held = null)
    {
        HashSet<int> hidden = [.. held ?? []];
        var ml = new MLContext(seed);
        var task = new HeadTask(ml, setting, features.Dimension, neighbors, seed, cancellationToken) { IsTrainedOn = row => !hidden.Contains(row) };
        IEnumerable<int>? rows = head.LearnsFromAllRows ? null : Enumerable.Range(0, keys.Count).Where(row => keys[row] != 0);
        ITransformer model = head.CreateTrainer(task).Fit(features.Rows.View(ml, keys, rows, classCount));
        using var disposable = model as IDisposable;
        return model is ClassifierHeadTransformer perceptron ? perceptron.Head
            : ClassifierHead.OfLinear(((MulticlassPredictionTransformer<MaximumEntropyModelParameters>)model).Model);
    }

    /// <summary>What a fitted head says of some rows whose class is known.</summary>
    public Predictions Predict(ClassifierHead fitted, IReadOnlyList<uint> keys, IReadOnlyList<int> rows)
    {
        var ml = new MLContext(seed);
        IDataView view = features.Rows.View(ml, keys, rows, classCount);
        using ClassifierHeadTransformer model = fitted.CreateTransformer(view.Schema["Label"], FeatureStore.Features, "Logits");
        return Evaluation.Predict(model, view, cancellationToken);
    }
}

/// <summary>
/// What cross-validation inside the labeled rows tells: the best setting, by heads on labeled rows alone; and, by classifiers
/// made as the final one is, with each fold hidden in turn, labels and rows, the accuracy to expect of new images and the temperature.
/// </summary>
/// <param name="Setting">The setting with the lowest mean log-loss.</param>
/// <param name="Calibration">What the hidden labels told; null where no class has two of them.</param>
internal sealed record HeadValidation(double Setting, Calibration? Calibration)
{
    /// <summary>Cross-validates.</summary>
    /// <param name="fitter">Makes heads.</param>
    /// <param name="keys">A class a row, from 1; 0 for none.</param>
    /// <param name="report">Told the share that is done, and what is at work.</param>
    /// <param name="cancellationToken">Looked at before every fit.</param>
    public static HeadValidation Run(HeadFitter fitter, IReadOnlyList<uint> keys, Action<double, string> report, CancellationToken cancellationToken)
    {
        const double choosing = 0.1; // of the time: few rows are fitted to
        CrossValidation validation = fitter.Validate(keys);
        double setting = fitter.Head.Choose(validation, cancellationToken);
        report(choosing, "the head's setting is chosen");
        if (validation.Folds.Count == 0)
        {
            return new HeadValidation(setting, null);
        }

        List<Predictions> outOfFold = [];
        foreach (int[] held in validation.Folds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            uint[] known = [.. keys];
            foreach (int row in held)
            {
                known[row] = 0;
            }

            outOfFold.Add(fitter.Predict(fitter.Fit(known, setting, held), keys, held));
            report(choosing + ((1 - choosing) * outOfFold.Count / validation.Folds.Count), $"fold {outOfFold.Count} of {validation.Folds.Count}, {100 * outOfFold[^1].Accuracy:F1} % right");
        }

        return new HeadValidation(setting, Calibration.Of(outOfFold));
    }
}
