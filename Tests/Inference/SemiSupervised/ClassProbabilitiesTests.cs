using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ClassProbabilitiesTests
{
    private const double Rounding = 1e-6;

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void Probabilities_stay_as_they_are_and_a_row_that_has_none_is_zeros()
        => CollectionAssert.AreEqual(new[] { 0.25f, 0.75f, 0, 0, 1, 0 }, Read([0.25f, 0.75f], [float.NaN, 1], [1, 0]));

    [TestMethod]
    public void Other_scores_go_through_a_softmax_in_every_row_but_those_that_have_none()
    {
        float[] found = Read([0.25f, 0.75f], [float.PositiveInfinity, 1], [-1, 3]);
        double first = 1 / (1 + Math.Exp(0.75 - 0.25)), last = 1 / (1 + Math.Exp(3 + 1));
        double[] expected = [first, 1 - first, 0, 0, last, 1 - last];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i], Rounding);
        }
    }

    [TestMethod]
    public void Scores_above_0_that_sum_to_another_number_are_no_probabilities()
        => Assert.AreEqual(1 / (1 + Math.Exp(1)), Read([1, 2])[0], Rounding);

    private static float[] Read(params float[][] scores)
        => ClassProbabilities.Read(Context.Data.LoadFromEnumerable(scores.Select(row => new Scored { Score = row })), "Score", scores.Length, classCount: 2);

    private sealed class Scored
    {
        [VectorType(2)]
        public float[] Score { get; set; } = [];
    }
}
