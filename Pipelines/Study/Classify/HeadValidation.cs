
namespace OnnxAE.Pipelines;

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
        double setting = fitter.Choose(validation);
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
