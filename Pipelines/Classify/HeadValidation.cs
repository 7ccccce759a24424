using OnnxAE.Training;

namespace OnnxAE.Pipelines.Classify;

/// <summary>
/// What cross-validation inside the labeled rows tells: the best setting, by heads on labeled rows alone; and, by classifiers
/// made as the final one is, with each fold's labels hidden in turn, the accuracy to expect and the temperature.
/// </summary>
/// <param name="Setting">The setting with the lowest mean log-loss.</param>
/// <param name="Calibration">What the hidden labels told; null where a class has too few of them.</param>
internal sealed record HeadValidation(double Setting, Calibration? Calibration)
{
    /// <summary>Cross-validates.</summary>
    /// <param name="fitter">Makes heads.</param>
    /// <param name="keys">A class a row, from 1; 0 for none.</param>
    /// <param name="settings">Knobs.</param>
    /// <param name="seed">Makes the folds.</param>
    /// <param name="report">Told the share that is done, and what is at work.</param>
    /// <param name="cancellationToken">Looked at before every fit.</param>
    public static HeadValidation Run(
        HeadFitter fitter, IReadOnlyList<uint> keys, ClassifySettings settings, int seed, Action<double, string> report, CancellationToken cancellationToken)
    {
        const double choosing = 0.1; // of the time: few rows are fitted to
        List<int[]> folds = LabelFolds.Make(keys, settings.Folds, settings.ValidationRows, seed);
        IReadOnlyList<double> candidates = fitter.Candidates;
        if (folds.Count < 2)
        {
            return new HeadValidation(candidates[candidates.Count / 2], null);
        }

        double[] losses = new double[candidates.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            foreach (int[] held in folds)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ClassifierHead head = fitter.FitLabeled(keys, folds.Where(fold => fold != held).SelectMany(fold => fold), candidates[i]);
                losses[i] += fitter.Predict(head, keys, held).LogLoss;
            }

            report(choosing * (i + 1) / candidates.Count, "choosing the head's setting");
        }

        double setting = candidates[Array.IndexOf(losses, losses.Min())];
        List<Predictions> outOfFold = [];
        foreach (int[] held in folds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            uint[] known = [.. keys];
            foreach (int row in held)
            {
                known[row] = 0;
            }

            outOfFold.Add(fitter.Predict(fitter.Fit(known, setting), keys, held));
            report(choosing + ((1 - choosing) * outOfFold.Count / folds.Count), $"fold {outOfFold.Count} of {folds.Count}, {100 * outOfFold[^1].Accuracy:F1} % right");
        }

        return new HeadValidation(setting, Calibration.Of(outOfFold));
    }
}
