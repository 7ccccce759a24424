using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PredictionsTests
{
    [TestMethod]
    public void Calibration_error_is_the_gap_of_each_bin_weighted_by_its_rows()
    {
        // Bins of a fifteenth: 0.9 lies in the 14th and holds 3 rows, 2 right; 0.6 in the 9th with one row, which is right.
        Predictions rows = new([[0.9f, 0.1f], [0.1f, 0.9f], [0.9f, 0.1f], [0.6f, 0.4f]], [0, 1, 1, 0]);
        double expected = (3.0 / 4 * Math.Abs(0.9 - (2.0 / 3))) + (1.0 / 4 * Math.Abs(0.6 - 1));
        Assert.AreEqual(expected, rows.CalibrationError, 1e-6);
        Assert.AreEqual(0.75, rows.Accuracy);
        Assert.AreEqual(-(Math.Log(0.9) + Math.Log(0.9) + Math.Log(0.1) + Math.Log(0.6)) / 4, rows.LogLoss, 1e-6);
    }

    [TestMethod]
    public void The_temperature_that_sharpened_probabilities_is_found_and_taken_back()
    {
        Predictions calibrated = Drawn(4000, seed: 1);
        Predictions sharpened = calibrated.WithTemperature(0.5);
        Assert.AreEqual(2, Calibration.Fit(sharpened), 0.1);
        Assert.AreEqual(1, Calibration.Fit(calibrated), 0.05);

        Calibration found = Calibration.Of([.. Enumerable.Range(0, 4).Select(fold => sharpened.Take(Enumerable.Range(fold * 1000, 1000)))]);
        Assert.AreEqual(4000, found.Rows);
        Assert.AreEqual(calibrated.Accuracy, found.Accuracy);
        Assert.IsGreaterThan(0.05, found.ErrorBefore);
        Assert.IsLessThan(0.03, found.ErrorAfter);
        Assert.IsLessThan(found.LogLossBefore, found.LogLossAfter);
    }

    [TestMethod]
    public void A_fold_is_measured_with_the_temperature_that_the_others_chose()
    {
        Predictions right = new([[0.9f, 0.1f], [0.1f, 0.9f]], [0, 1]), half = new([[0.9f, 0.1f], [0.1f, 0.9f]], [0, 0]);
        double cold = Scaled(1 / 0.25), hot = Scaled(1 / 4.0); // what each fold alone would choose: the lowest and the highest
        Calibration found = Calibration.Of([right, half]);
        Assert.AreEqual(-((2 * Math.Log(hot)) + Math.Log(cold) + Math.Log(1 - cold)) / 4, found.LogLossAfter, 1e-3);
        Assert.AreEqual(-((3 * Math.Log(0.9)) + Math.Log(0.1)) / 4, found.LogLossBefore, 1e-6);
        Assert.AreEqual(((1 - hot) + Math.Abs(cold - 0.5)) / 2, found.ErrorAfter, 1e-3); // one bin each
        Assert.AreEqual(0.9 - 0.75, found.ErrorBefore, 1e-6);
        Assert.AreEqual((4, 0.75), (found.Rows, found.Accuracy));

        static double Scaled(double power) => Math.Pow(0.9, power) / (Math.Pow(0.9, power) + Math.Pow(0.1, power));
    }

    [TestMethod]
    public void Rows_that_are_all_right_make_no_probability_certain()
        => Assert.AreEqual(0.25, Calibration.Fit(new Predictions([[0.9f, 0.1f], [0.2f, 0.8f]], [0, 1])), 1e-3);

    [TestMethod]
    public void What_is_measured_tells_labeled_rows_from_those_that_got_no_label()
    {
        Predictions rows = new([[0.9f, 0.1f], [0.45f, 0.55f], [0.3f, 0.7f], [0.8f, 0.2f]], [0, 0, 1, 1]);
        ClassifyMeasure all = ClassifyMeasure.Of(rows, 0)!, some = ClassifyMeasure.Of(rows, 0.6)!, none = ClassifyMeasure.Of(rows, 1)!;
        Assert.AreEqual((0.5, 1.0, 0.5), (all.Accuracy, all.Coverage, all.AccuracyOfLabeled));
        Assert.AreEqual((0.5, 0.75, 2.0 / 3), (some.Accuracy, some.Coverage, some.AccuracyOfLabeled));
        Assert.AreEqual((0, double.NaN), (none.Coverage, none.AccuracyOfLabeled));
        Assert.IsNull(ClassifyMeasure.Of(new Predictions([], []), 0));
    }

    // Labels drawn by the very probabilities.
    private static Predictions Drawn(int count, int seed)
    {
        Random random = new(seed);
        List<float[]> rows = [];
        List<int> labels = [];
        for (int i = 0; i < count; i++)
        {
            double[] powers = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp(4 * random.NextDouble()))];
            float[] row = [.. powers.Select(p => (float)(p / powers.Sum()))];
            double point = random.NextDouble();
            rows.Add(row);
            labels.Add(point < row[0] ? 0 : point < row[0] + row[1] ? 1 : 2);
        }

        return new Predictions(rows, labels);
    }
}
