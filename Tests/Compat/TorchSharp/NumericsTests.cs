using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class NumericsTests
{
    [TestMethod]
    [DataRow(2.0, 5.0)]
    [DataRow(double.PositiveInfinity, 4.0)]
    public void ClippingGradients_ScalesThemTogether(double normType, double norm)
    {
        using var scope = NewDisposeScope();
        var (first, second, without) = (new Parameter(ones(1)), new Parameter(ones(1)), new Parameter(ones(1)));
        (first * 3 + second * 4).sum().backward();

        double before = nn.utils.clip_grad_norm_([first, second, without], 1, normType);

        Assert.AreEqual(norm, before, TorchGolden.Tolerance);
        Assert.AreEqual(3 / norm, first.grad!.item<float>(), TorchGolden.Tolerance);
        Assert.AreEqual(4 / norm, second.grad!.item<float>(), TorchGolden.Tolerance);
    }

    [TestMethod]
    public void ClippingShortGradients_LeavesThem()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(1));
        (parameter * 0.5).sum().backward();

        Assert.AreEqual(0.5, nn.utils.clip_grad_norm_([parameter], 1), TorchGolden.Tolerance);
        Assert.AreEqual(0.5f, parameter.grad!.item<float>());
    }

    [TestMethod]
    public void SingularValues_RebuildTheMatrix()
    {
        using var scope = NewDisposeScope();
        var matrix = randn(4, 3);

        var (u, s, vh) = linalg.svd(matrix, fullMatrices: false);

        TorchGolden.AreClose(TorchGolden.Floats(matrix.flatten()), TorchGolden.Floats((u * s).matmul(vh).flatten()), "product");
        TorchGolden.AreClose(TorchGolden.Floats(s), TorchGolden.Floats(linalg.svdvals(matrix)), "singular values");
    }

    [TestMethod]
    public void EigenvectorsOfASymmetricMatrix_AreScaledByTheirValues()
    {
        using var scope = NewDisposeScope();
        var matrix = tensor(new[] { 2f, 1, 1, 2 }, [2, 2]);

        var (values, vectors) = linalg.eigh(matrix);

        TorchGolden.AreClose([1, 3], TorchGolden.Floats(values), "values");
        TorchGolden.AreClose(
            TorchGolden.Floats((vectors * values).flatten()), TorchGolden.Floats(matrix.matmul(vectors).flatten()), "vectors");
    }

    [TestMethod]
    public void QuantilesOfTheNormalDistribution_AreThoseOfTables()
    {
        using var scope = NewDisposeScope();

        TorchGolden.AreClose([-1.9599640f, 0, 1.2815516f], TorchGolden.Floats(special.ndtri(tensor(new[] { 0.025f, 0.5f, 0.9f }))), "ndtri");
        TorchGolden.AreClose([0.47693628f], TorchGolden.Floats(tensor(new[] { 0.5f }).erfinv()), "erfinv");
    }

    [TestMethod]
    public void QuantilesOfASample_LieBetweenItsElements()
    {
        using var scope = NewDisposeScope();

        TorchGolden.AreClose([2.5f, 4], TorchGolden.Floats(tensor(new[] { 4f, 1, 2, 3 }).quantile(tensor(new[] { 0.5f, 1f }))), "quantiles");
    }

    [TestMethod]
    public void ReductionsAlongADimension_KeepTheOther()
    {
        using var scope = NewDisposeScope();
        var rows = tensor(new[] { 3f, 4, 1, 1 }, [2, 2]);

        CollectionAssert.AreEqual(new[] { 4f, 1 }, TorchGolden.Floats(rows.amax(1)));
        CollectionAssert.AreEqual(new[] { 3f, 4 }, TorchGolden.Floats(rows.amax([0], keepdim: true)));
        TorchGolden.AreClose([5, MathF.Sqrt(2)], TorchGolden.Floats(rows.norm(1)), "norm");
        TorchGolden.AreClose([MathF.Sqrt(2), MathF.Sqrt(4.5f)], TorchGolden.Floats(rows.std(0L)), "deviation");
        TorchGolden.AreClose([1, 2.25f], TorchGolden.Floats(rows.var(0L, unbiased: false)), "variance");
        CollectionAssert.AreEqual(new[] { 4f, 3 }, TorchGolden.Floats(rows.flatten().topk(2).values));
    }

    [TestMethod]
    public void GradientsOfGradients_AreThoseOfCalculus()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2f, 3 }).requires_grad_();

        var slope = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        slope.sum().backward();

        TorchGolden.AreClose([12, 27], TorchGolden.Floats(slope), "first");
        TorchGolden.AreClose([12, 18], TorchGolden.Floats(x.grad!), "second");
    }

    [TestMethod]
    public void TheProcessWideGenerator_RepeatsItselfFromASavedState()
    {
        using var scope = NewDisposeScope();
        rand(3);
        var state = random.get_rng_state();
        float[] first = TorchGolden.Floats(randn(7));
        random.set_rng_state(state);

        CollectionAssert.AreEqual(first, TorchGolden.Floats(randn(7)));
    }
}
