using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CorruptionTests
{
    [TestMethod]
    public void GaussianNoiseHasItsMeanAndDeviationAndStaysWithinThePixelRange()
    {
        using Generator generator = new(3);
        using Tensor grey = full([100, 1, 10, 10], 0.5f);
        using Tensor slight = new GaussianNoise(0.1, 0.05).Apply(grey, generator);
        using Tensor strong = new GaussianNoise(0, 5).Apply(grey, generator);
        using Tensor numbers = new GaussianNoise(0, 5).Apply(full([100, 100], 0.5f), generator);

        Assert.AreEqual(0.6f, slight.mean().item<float>(), 0.002f); // 4 standard errors of 10,000 draws
        Assert.AreEqual(0.05f, slight.std().item<float>(), 0.002f);
        Assert.AreEqual(0f, strong.min().item<float>());
        Assert.AreEqual(1f, strong.max().item<float>());
        Assert.AreEqual(0.5f, grey.min().item<float>()); // the clean image is left alone
        Assert.AreEqual(5f, numbers.std().item<float>(), 0.2f); // rows that are no pictures have no range
    }

    [TestMethod]
    public void MaskingBlackensItsFractionAndLeavesTheRest()
    {
        using Generator generator = new(3);
        using Tensor grey = full([100, 100], 0.5f);
        float[] masked = Values(new MaskingNoise(0.25).Apply(grey, generator));

        Assert.AreEqual(0.25, masked.Count(v => v == 0) / 10_000.0, 0.02);
        Assert.IsTrue(masked.All(v => v is 0 or 0.5f));
    }

    [TestMethod]
    public void SaltAndPepperSpoilsItsFractionHalfBlackHalfWhite()
    {
        using Generator generator = new(3);
        using Tensor grey = full([100, 100], 0.5f);
        float[] spoilt = Values(new SaltAndPepperNoise(0.3).Apply(grey, generator));

        Assert.AreEqual(0.15, spoilt.Count(v => v == 0) / 10_000.0, 0.015);
        Assert.AreEqual(0.15, spoilt.Count(v => v == 1) / 10_000.0, 0.015);
        Assert.AreEqual(0.5f, grey.max().item<float>());
    }

    [TestMethod]
    public void ElasticDeformationBendsEachImageItsOwnWayAndKeepsItsGreyValues()
    {
        using Generator generator = new(3);
        using var scope = NewDisposeScope();
        // Columns of growing brightness: a displaced pixel shows how far it was moved, 1/21 a pixel.
        Tensor clean = arange(0, 21, dtype: ScalarType.Float32).div(21f).expand(50, 1, 21, 21);
        Tensor bent = new ElasticDeformation(0.1).Apply(clean, generator);
        float[] change = Values((bent - clean).abs().reshape(50, 21, 21).narrow(1, 5, 11).narrow(2, 5, 11).reshape(50, 121).mean([1]));

        Assert.IsTrue(change.All(c => c > 0 && c < 0.15)); // strength up to 0.1 of 10.5 pixels
        Assert.AreEqual(50, change.Distinct().Count());
        Assert.IsLessThan(change.Average() / 5, change.Min()); // every image has a strength of its own, down to nothing
        Assert.IsGreaterThanOrEqualTo(0f, bent.min().item<float>());
        Assert.IsLessThanOrEqualTo(1f, bent.max().item<float>());
    }

    [TestMethod]
    public void TheGridOfAnElasticDeformationReachesFromEdgeToEdge()
    {
        // Of a grid of two points a side the displacement is a straight line along a row, up to the edges.
        using Generator generator = new(3);
        using var scope = NewDisposeScope();
        Tensor clean = arange(0, 21, dtype: ScalarType.Float32).expand(50, 1, 21, 21);
        Tensor moved = new ElasticDeformation(0.02, 2).Apply(clean, generator).reshape(50, 21, 21).narrow(2, 3, 15).narrow(1, 3, 15); // no place beyond the edge
        Tensor bend = moved.narrow(2, 0, 13) - (2 * moved.narrow(2, 1, 13)) + moved.narrow(2, 2, 13);
        Assert.AreEqual(0, bend.abs().max().item<float>(), 1e-4);
        Assert.IsGreaterThan(0.1f, (moved.narrow(2, 14, 1) - moved.narrow(2, 0, 1) - 14).abs().max().item<float>());
    }

    [TestMethod]
    public void ElasticDeformationWithoutStrengthLeavesTheImagesAsTheyAre()
    {
        using Generator generator = new(3);
        using Tensor clean = rand(3, 1, 7, 7);
        using Tensor same = new ElasticDeformation(0, 3).Apply(clean, generator);
        Assert.IsTrue(same.allclose(clean, atol: 1e-5));
    }

    [TestMethod]
    public void AffineDeformationMovesAPixelByNoMoreThanItsShift()
    {
        using Generator generator = new(3);
        using Tensor clean = zeros(50, 1, 21, 21);
        clean.narrow(2, 10, 1).narrow(3, 10, 1).fill_(1); // one white pixel in the middle of each image
        float[] moved = Values(new RandomAffine(0, 0, 0, 0.2).Apply(clean, generator));

        var places = new HashSet<int>();
        for (int image = 0; image < 50; image++)
        {
            int brightest = Enumerable.Range(0, 441).MaxBy(i => moved[(image * 441) + i]);
            Assert.IsLessThanOrEqualTo(3, Math.Abs((brightest / 21) - 10)); // 0.2 of 10.5 pixels is 2.1
            Assert.IsLessThanOrEqualTo(3, Math.Abs((brightest % 21) - 10));
            places.Add(brightest);
        }

        Assert.IsGreaterThan(5, places.Count); // every image is shifted by an amount of its own
    }

    [TestMethod]
    public void AffineDeformationWithoutAmountsLeavesTheImagesAsTheyAre()
    {
        using Generator generator = new(3);
        using Tensor clean = rand(3, 1, 7, 7);
        float[] same = Values(new RandomAffine(0, 0, 0, 0).Apply(clean, generator));

        foreach ((float expected, float actual) in clean.data<float>().ToArray().Zip(same))
        {
            Assert.AreEqual(expected, actual, 1e-5f); // the grid's coordinates are rounded
        }
    }

    [TestMethod]
    public void RowsThatAreNoPicturesAreNotDeformed()
    {
        using Generator generator = new(3);
        using Tensor rows = zeros(2, 16);
        foreach (string corruption in new[] { "affine(5, 0, 0, 0)", "elastic(0.1, 3)", "mirror(1)", "stroke(1, 0)", "cutout(1, 1, 2)" })
        {
            Assert.Contains(
                "Rows of 16 numbers are no pictures",
                Assert.ThrowsExactly<ArgumentException>(() => CorruptionNotation.Parse(corruption)!.Apply(rows, generator)).Message);
        }
    }

    [TestMethod]
    public void ATurnOfAnOblongPictureKeepsDistancesAndMovesAllColoursAlike()
    {
        using Generator generator = new(3);
        using var scope = NewDisposeScope();
        // Every pixel has its place as its value: rows in the first channel, columns in the second. 20 x 46 pixels.
        Tensor rows = arange(20, dtype: ScalarType.Float32).reshape(1, 1, 20, 1).expand(30, 1, 20, 46);
        Tensor columns = arange(46, dtype: ScalarType.Float32).reshape(1, 1, 1, 46).expand(30, 1, 20, 46);
        Tensor moved = new RandomAffine(20, 0, 0, 0).Apply(cat([rows, columns], 1), generator); // [30, 2, 20, 46]
        Tensor Steps(long dimension) => (moved.narrow(dimension, 1, moved.shape[dimension] - 1) - moved.narrow(dimension, 0, moved.shape[dimension] - 1))
            .narrow(2, 9, 2).narrow(3, 21, 4).square().sum(1).sqrt();
        foreach (long dimension in new[] { 2L, 3L })
        {
            Assert.AreEqual(0, (Steps(dimension) - 1).abs().max().item<float>(), 1e-3); // a step of one pixel stays one
        }
    }

    [TestMethod]
    public void TheGeneratorDecidesEveryPixel()
    {
        CollectionAssert.AreEqual(Draw(7), Draw(7));
        CollectionAssert.AreNotEqual(Draw(7), Draw(8));

        static float[] Draw(ulong seed)
        {
            using Generator generator = new(seed);
            using Tensor grey = full([4, 1, 2, 2], 0.5f);
            return Values(CorruptionNotation.Parse("affine(9, 0, 0, 0) + elastic(0.1, 3) + mirror(0.5) + stroke(0.3, 0.3) + gamma(0.5) + gain(0.5, 1.5) + cutout(0.5, 1, 2) + gaussian(0, 0.3) + salt-and-pepper(0.1) + masking(0.2)")!.Apply(grey, generator));
        }
    }

    [TestMethod]
    [DataRow("gaussian(0, 0.5)")]
    [DataRow("masking(0.25)")]
    [DataRow("salt-and-pepper(0.1)")]
    [DataRow("elastic(0.14, 5)")]
    [DataRow("affine(8, 0.12, 0.1, 0.1)")]
    [DataRow("affine(8, 0.12, 0.1, 0.1, 0.15)")]
    [DataRow("mirror(0.5)")]
    [DataRow("stroke(0.3, 0.2)")]
    [DataRow("cutout(0.5, 3, 8)")]
    [DataRow("gamma(0.5)")]
    [DataRow("gain(0.5, 1.15)")]
    [DataRow("gaussian(0.5, 0.5) + masking(0.1)")]
    public void TheNotationReadsBackWhatItWrites(string text)
    {
        Assert.AreEqual(text, CorruptionNotation.Parse(text)!.ToString());
    }

    [TestMethod]
    [DataRow("gaussian(0, 1e-2)", "gaussian(0, 0.01)")]
    [DataRow("Gaussian( -1E-1 , 1e+0 )+masking(2.5e-1)", "gaussian(-0.1, 1) + masking(0.25)")]
    public void TheNotationIsReadInOtherSpellings(string text, string canonical) => Assert.AreEqual(canonical, CorruptionNotation.Parse(text)!.ToString());

    [TestMethod]
    [DataRow(null)]
    [DataRow("  ")]
    [DataRow("None")]
    public void NoneMeansCleanImages(string? text)
    {
        Assert.IsNull(CorruptionNotation.Parse(text));
    }

    [TestMethod]
    [DataRow("gaussian(1)")]
    [DataRow("blur(2)")]
    [DataRow("elastic(0.1, 2.5)")]
    [DataRow("cutout(0.5, 3.5, 8)")]
    [DataRow("gaussian(0, 0.5) +")]
    [DataRow("masking(1.2.3)")]
    public void OtherTextIsAnsweredWithTheNotation(string text)
    {
        FormatException exception = Assert.ThrowsExactly<FormatException>(() => CorruptionNotation.Parse(text));
        StringAssert.Contains(exception.Message, "Expected gaussian(mean, deviation)");
    }

    [TestMethod]
    [DataRow("gaussian(0, -1)")]
    [DataRow("masking(1)")]
    [DataRow("affine(8, 1, 0, 0)")]
    [DataRow("affine(181, 0, 0, 0)")]
    [DataRow("elastic(0.1, 1)")]
    [DataRow("elastic(2, 5)")]
    [DataRow("salt-and-pepper(1)")]
    [DataRow("affine(8, 0, 0, 0, 1.1)")]
    [DataRow("mirror(1.1)")]
    [DataRow("stroke(0.6, 0.5)")]
    [DataRow("cutout(0.5, 0, 3)")]
    [DataRow("cutout(0.5, 4, 3)")]
    [DataRow("gamma(-0.1)")]
    [DataRow("gain(0.5, 0.4)")]
    public void NumbersOutOfRangeAreRefused(string text)
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CorruptionNotation.Parse(text));
    }

    private static float[] Values(Tensor tensor)
    {
        using (tensor)
        {
            return tensor.data<float>().ToArray();
        }
    }
}
