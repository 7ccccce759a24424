using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LossTermTests
{
    private const double Tolerance = 1e-5; // single precision

    [TestMethod]
    public void SquaredErrorIsAMeanOverPixelsAndImages()
    {
        // Differences of 0.5, 0, 0.2 and 0.4.
        Assert.AreEqual((0.25 + 0 + 0.04 + 0.16) / 4, Value(new MeanSquaredError(), output: [0.5f, 1, 0.2f, 0.6f], target: [0, 1, 0, 1]), Tolerance);
    }

    [TestMethod]
    public void MixedErrorCountsANumberAndACategoryAsAColumnEach()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using DenseAutoencoder model = TinyData.Autoencoder();
        // A number, a category of two, a number, a category of three, which the second row lacks.
        Tensor output = tensor(new float[] { 0.5f, 1, -1, 2, 0, 3, 0.5f, -1, 0.2f, 0.2f, 1, 4, 5, 6 }, [2, 7], requires_grad: true);
        Tensor target = tensor(new float[] { 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0 }, [2, 7]);
        StepContext context = StepContext.Evaluation(generator) with { Categories = [(4, 3), (1, 2)] };
        double first = 0.25 + 1 + Math.Log(1 + Math.Exp(-2)) - Math.Log(Math.Exp(0.5) / (1 + Math.Exp(3) + Math.Exp(0.5)));
        double second = 4 + 0 + Math.Log(2);
        Tensor loss = new MixedError().Compute(model, new NetworkPass(output, output), target, target, context);
        Assert.AreEqual((first + second) / 8, loss.item<float>(), Tolerance);

        loss.backward();
        float[] gradient = output.grad!.data<float>().ToArray();
        double share = 1 / (1 + Math.Exp(-2)); // the softmax's
        float[] expected = [2 * 0.5f / 8, (float)((share - 1) / 8), (float)((1 - share) / 8), 2 / 8f];
        CollectionAssert.AreEqual(expected.Select(g => Math.Round(g, 5)).ToArray(), gradient.Take(4).Select(g => Math.Round(g, 5)).ToArray());
        CollectionAssert.AreEqual(new float[3], gradient[11..]);

        NetworkPass pass = new(output, output);
        Assert.AreEqual(Compute(new MeanSquaredError(), pass, target), Compute(new MixedError(), pass, target), Tolerance);
        foreach (var categories in new (int, int)[][] { [(5, 3)], [(1, 3), (3, 2)], [(-1, 2)] })
        {
            Assert.ThrowsExactly<ArgumentException>(() => new MixedError().Compute(model, pass, target, target, context with { Categories = categories }));
        }
    }

    [TestMethod]
    public void CrossEntropyOfPixelsIsAMeanOverPixelsAndImages()
    {
        double expected = -(Math.Log(0.5) + Math.Log(0.8) + Math.Log(0.9) + (0.3 * Math.Log(0.6)) + (0.7 * Math.Log(0.4))) / 4;
        Assert.AreEqual(expected, Value(new BinaryCrossEntropy(), output: [0.5f, 0.2f, 0.9f, 0.6f], target: [1, 0, 1, 0.3f]), Tolerance);
    }

    [TestMethod]
    public void CrossEntropyOfPixelsRefusesOutputsThatAreNone() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Value(new BinaryCrossEntropy(), output: [0.5f, 1.5f, 0, 1], target: [1, 0, 0, 1])).Message,
            "needs outputs between 0 and 1");

    [TestMethod]
    public void LogitsGiveTheSameNumberAndNeverOverflow()
    {
        using var scope = NewDisposeScope();
        Tensor logits = tensor(new float[] { 0.3f, -2, 1.5f, 4 }, [2, 2]);
        Tensor target = tensor(new float[] { 0.1f, 0, 1, 0.9f }, [2, 2]);
        var pass = new NetworkPass(target, logits.sigmoid()) { Logits = logits };
        Assert.AreEqual(Compute(new BinaryCrossEntropy(), pass, target), Compute(new BinaryCrossEntropyWithLogits(), pass, target), Tolerance);

        var extreme = new NetworkPass(target, target) { Logits = full([2, 2], 500f) };
        Assert.AreEqual(500 - (500 * 0.5), Compute(new BinaryCrossEntropyWithLogits(), extreme, full([2, 2], 0.5f)), 1e-3);
    }

    [TestMethod]
    public void DivergenceIsASumOverDimensionsAndAMeanOverImages()
    {
        using var scope = NewDisposeScope();
        // KL(N(m, s^2) || N(0, 1)) = (m^2 + s^2 - 1 - ln s^2) / 2 a dimension; two images of two dimensions.
        Tensor mean = tensor(new float[] { 1, 0, -2, 0.5f }, [2, 2]);
        Tensor logVariance = tensor(new float[] { 0, 0, -1, 0.7f }, [2, 2]);
        double expected = (0.5 + 0 + (4 + Math.Exp(-1) - 1 + 1) / 2 + (0.25 + Math.Exp(0.7) - 1 - 0.7) / 2) / 2;
        Assert.AreEqual(expected, Compute(new KlDivergence(), new NetworkPass(mean, mean) { LogVariance = logVariance }, mean), Tolerance);
    }

    [TestMethod]
    public void AbsoluteValuesAreSummedOverTheCodeAndAveragedOverImages()
    {
        Assert.AreEqual((1 + 2 + 0 + 3) / 2.0, Value(new CodeL1(1e-5), output: [1, -2, 0, 3], target: [0, 0, 0, 0]), Tolerance);
    }

    [TestMethod]
    public void SparsityIsTheDivergenceOfMeanActivationsFromTheTarget()
    {
        // Two units over two images: means 0.2 (no penalty) and 0.6.
        double expected = (0.2 * Math.Log(0.2 / 0.6)) + (0.8 * Math.Log(0.8 / 0.4));
        Assert.AreEqual(expected, Value(new KlSparsity(0.2, 1), output: [0.1f, 0.5f, 0.3f, 0.7f], target: [0, 0, 0, 0]), Tolerance);
    }

    [TestMethod]
    public void AUnitThatNeverFiresStillHasAFinitePenalty()
    {
        Assert.IsTrue(double.IsFinite(Value(new KlSparsity(0.2, 1), output: [0, 1, 0, 1], target: [0, 0, 0, 0])));
    }

    [TestMethod]
    [DataRow(1.5f)]
    [DataRow(-0.5f)]
    public void CodesThatAreNoProbabilitiesHaveNoSparsity(float stray) =>
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Value(new KlSparsity(0.2, 1), output: [0.1f, 0.5f, stray, 0.7f], target: [0, 0, 0, 0])).Message, "between 0 and 1");

    [TestMethod]
    public void ContractionOfASigmoidLayerIsExact()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var model = new DenseAutoencoder([3, 2], Activation.Sigmoid, Activation.Sigmoid, Activation.Linear);
        Tensor input = rand(2, 3);

        // The derivative of sigmoid(w x + b) by x_i is s (1 - s) w_i; squared and summed over units and pixels.
        var parameters = model.Encoder.parameters().ToArray();
        float[] weight = parameters[0].data<float>().ToArray(), bias = parameters[1].data<float>().ToArray(), x = input.data<float>().ToArray();
        double expected = 0;
        for (int image = 0; image < 2; image++)
        {
            for (int unit = 0; unit < 2; unit++)
            {
                double sum = bias[unit], norm = 0;
                for (int i = 0; i < 3; i++)
                {
                    sum += weight[(unit * 3) + i] * x[(image * 3) + i];
                    norm += weight[(unit * 3) + i] * weight[(unit * 3) + i];
                }

                double s = 1 / (1 + Math.Exp(-sum));
                expected += s * (1 - s) * s * (1 - s) * norm / 2;
            }
        }

        Assert.AreEqual(expected, Contraction(model, input), Tolerance);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(0.5)] // the masks of a dropout are no derivative
    public void ContractionOfOtherEncodersIsEstimatedWithoutBias(double dropout)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var model = new LayeredAutoencoder(Sequential(Linear(5, 4), Dropout(dropout)), Identity(), Linear(4, 5), 5, 4, 4);
        model.train();
        double expected = model.Encoder.parameters().First().square().sum().item<float>(); // the derivative of a linear encoder is its weight
        Assert.AreEqual(expected, Contraction(model, rand(20_000, 5)), expected / 30);
        Assert.IsTrue(model.Encoder.training);
    }

    [TestMethod]
    public void TermsThatDontFitTheNetworkSayWhatWouldFit()
    {
        using var scope = NewDisposeScope();
        Tensor any = rand(2, 2);
        var pass = new NetworkPass(any, any);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Compute(new KlDivergence(), pass, any)).Message, "variational");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Compute(new BinaryCrossEntropyWithLogits(), pass, any)).Message, "sigmoid");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Compute(new CrossEntropy(), pass, any)).Message, "classifiers");
    }

    private static double Contraction(Autoencoder model, Tensor input)
    {
        using var generator = new Generator(1);
        NetworkPass pass = model.Pass(input, generator);
        return new ContractivePenalty(1).Compute(model, pass, input, input, StepContext.Evaluation(generator)).item<float>();
    }

    // Two images of two pixels; the code is the output.
    private static double Value(LossTerm term, float[] output, float[] target)
    {
        using var scope = NewDisposeScope();
        Tensor computed = tensor(output, [2, 2]);
        return Compute(term, new NetworkPass(computed, computed), tensor(target, [2, 2]));
    }

    private static double Compute(LossTerm term, NetworkPass pass, Tensor target)
    {
        using var generator = new Generator(1);
        using DenseAutoencoder model = TinyData.Autoencoder();
        return term.Compute(model, pass, target, target, StepContext.Evaluation(generator)).item<float>();
    }
}
