using OnnxAE.Inference;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PictureCorruptionTests
{
    private const int Count = 2_000, Side = 7, Pixels = Side * Side;

    [TestMethod]
    public void MirrorSwapsLeftAndRightInItsShareOfTheImages()
    {
        float[] clean = Random(3);
        float[] damaged = Apply("mirror(0.3)", clean);
        int mirrored = 0;
        for (int i = 0; i < Count; i++)
        {
            float[] before = clean[(i * Pixels)..((i + 1) * Pixels)], after = damaged[(i * Pixels)..((i + 1) * Pixels)];
            float[] swapped = [.. Enumerable.Range(0, Pixels).Select(p => before[(p / Side * Side) + Side - 1 - (p % Side)])];
            mirrored += after.SequenceEqual(swapped) ? 1 : 0;
            Assert.IsTrue(after.SequenceEqual(swapped) || after.SequenceEqual(before));
        }

        Assert.AreEqual(0.3, mirrored / (double)Count, 0.05); // 5 standard errors
    }

    [TestMethod]
    public void StrokesAreBlendedWithTheirDilationOrErosion()
    {
        // One grey pixel on black, one on white: dilation lights up the first one's neighbours, erosion darkens the second one's.
        float[] dot = new float[Count * Pixels];
        for (int i = 0; i < Count; i++)
        {
            dot[(i * Pixels) + (Pixels / 2)] = 0.5f;
        }

        float[] hole = [.. dot.Select(v => 1 - v)];
        float[] thicker = Neighbour(Apply("stroke(0.4, 0)", dot)), thinner = Neighbour(Apply("stroke(0, 0.4)", hole));

        foreach (float[] amounts in new[] { thicker, [.. thinner.Select(v => 1 - v)] })
        {
            Assert.AreEqual(0.4, amounts.Count(v => v > 0) / (double)Count, 0.055);
            Assert.AreEqual(0.25, amounts.Where(v => v > 0).Average(), 0.03); // half of 0.5 on average
            Assert.IsLessThanOrEqualTo(0.5f, amounts.Max());
        }

        Assert.IsTrue(Neighbour(Apply("stroke(0.4, 0)", hole)).All(v => v == 1)); // dilation closes holes and leaves the light as it is
        Assert.IsTrue(Neighbour(Apply("stroke(0, 0.4)", dot)).All(v => v == 0));

        static float[] Neighbour(float[] images) => [.. Enumerable.Range(0, Count).Select(i => images[(i * Pixels) + (Pixels / 2) - Side - 1])];
    }

    [TestMethod]
    public void CutoutBlackensOneSquareWithinItsLimits()
    {
        float[] damaged = Apply("cutout(0.5, 2, 3)", [.. Enumerable.Repeat(0.7f, Count * Pixels)]);
        int[] sizes = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            int[] black = [.. Enumerable.Range(0, Pixels).Where(p => damaged[(i * Pixels) + p] == 0)];
            sizes[i] = black.Length;
            if (black.Length > 0)
            {
                int height = black.Max(p => p / Side) - black.Min(p => p / Side) + 1, width = black.Max(p => p % Side) - black.Min(p => p % Side) + 1;
                Assert.AreEqual(height * width, black.Length);
                Assert.IsTrue(height <= 3 && width <= 3);
            }
        }

        Assert.AreEqual(0.5, sizes.Count(s => s > 0) / (double)Count, 0.06);
        Assert.IsTrue(sizes.Contains(4) && sizes.Contains(9)); // whole squares of both sizes
        Assert.IsTrue(sizes.Contains(2) && sizes.Contains(6)); // and such as the edge cuts off
        Assert.IsTrue(damaged.All(v => v is 0 or 0.7f));
    }

    [TestMethod]
    public void GammaBendsGreysAndLeavesBlackAndWhite()
    {
        float[] damaged = Apply("gamma(0.5)", [.. Enumerable.Range(0, Count * Pixels).Select(p => p % 3 / 2f)]);
        for (int p = 0; p < damaged.Length; p++)
        {
            Assert.AreEqual((p % 3) switch { 0 => 0f, 2 => 1f, _ => damaged[p] }, damaged[p]);
            Assert.IsFalse(float.IsNaN(damaged[p]));
        }

        float[] greys = [.. Enumerable.Range(0, Count).Select(i => damaged[Enumerable.Range(i * Pixels, 3).First(p => p % 3 == 1)])];
        Assert.AreEqual(Math.Pow(0.5, Math.Exp(0.5)), greys.Min(), 0.01);
        Assert.AreEqual(Math.Pow(0.5, Math.Exp(-0.5)), greys.Max(), 0.01);
    }

    [TestMethod]
    public void GainIsOneFactorAnImageAndEndsAtWhite()
    {
        float[] damaged = Apply("gain(0.5, 1.5)", [.. Enumerable.Range(0, Count * Pixels).Select(p => p % 2 == 0 ? 0.2f : 0.9f)]);
        float[] factors = [.. Enumerable.Range(0, Count).Select(i => damaged[(i * Pixels) + (i * Pixels % 2)] / 0.2f)];
        Assert.AreEqual(0.5, factors.Min(), 0.01);
        Assert.AreEqual(1.5, factors.Max(), 0.01);
        Assert.AreEqual(1f, damaged.Max());
    }

    [TestMethod]
    public void PixelsOfADamagedSetAreRounded()
    {
        var images = new RowSet(new byte[] { 1, 2, 3, 4 }, [1, 2, 2], new[] { 7 });
        RowSet damaged = CorruptedImages.Create(images, new RandomGain(0.7, 0.7), seed: 1);
        CollectionAssert.AreEqual(new byte[] { 1, 1, 2, 3 }, damaged.AllBytes()); // 0.7, 1.4, 2.1, 2.8
        CollectionAssert.AreEqual(new[] { 7 }, damaged.Labels.ToArray());
    }

    [TestMethod]
    public void NeighbouringDeformationsAreOneInterpolation()
    {
        // Two shifts of up to a pixel each: interpolated twice, a lone pixel's light would spread over nine others and more.
        float[] dot = new float[Count * Pixels];
        for (int i = 0; i < Count; i++)
        {
            dot[(i * Pixels) + (Pixels / 2)] = 1;
        }

        float[] once = Apply("affine(0, 0, 0, 0.28) + affine(0, 0, 0, 0.28)", dot);
        Assert.IsTrue(once.Chunk(Pixels).All(image => image.Count(v => v > 0) <= 4));
        Assert.IsTrue(once.Chunk(Pixels).Any(image => image[(Pixels / 2) + (2 * Side)] > 0.5f)); // 1.96 pixels at most
    }

    [TestMethod]
    public void AspectStretchesOneAxisAsItShrinksTheOther()
    {
        // Brightness grows with x in one half of the images and with y in the other; the middle pixel's neighbours show both stretches.
        float[] ramps = [.. Enumerable.Range(0, Count * Pixels).Select(p => (p / Pixels % 2 == 0 ? p % Side : p % Pixels / Side) / 8f)];
        float[] damaged = Apply("affine(0, 0, 0, 0, 0.2)", ramps);
        float[] slopes = [.. damaged.Chunk(Pixels).Select((image, i) => i % 2 == 0 ? image[25] - image[24] : image[31] - image[24])];
        Assert.AreEqual(Math.Exp(0.2) / 8, slopes.Max(), 1e-3);
        Assert.AreEqual(Math.Exp(-0.2) / 8, slopes.Min(), 1e-3);
    }

    [TestMethod]
    public void ATurnKeepsDistancesAndReachesItsDegrees()
    {
        double[] angles = new double[Count];
        foreach ((int i, (double xx, double xy, double yx, double yy)) in Slopes("affine(30, 0, 0, 0)").Index())
        {
            Assert.AreEqual(1, (xx * xx) + (yx * yx), GridRounding);
            Assert.AreEqual(1, (xy * xy) + (yy * yy), GridRounding);
            Assert.AreEqual(0, (xx * xy) + (yx * yy), GridRounding);
            Assert.AreEqual(1, (xx * yy) - (xy * yx), GridRounding); // and no mirror image
            angles[i] = Math.Atan2(yx, xx) * 180 / Math.PI;
        }

        Assert.AreEqual(-30, angles.Min(), 0.2);
        Assert.AreEqual(30, angles.Max(), 0.2);
        Assert.AreEqual(0, angles.Average(), 2); // 5 standard errors
    }

    [TestMethod]
    public void AShearMovesRowsAgainstEachOtherUpToItsLimit()
    {
        (double XX, double XY, double YX, double YY)[] slopes = Slopes("affine(0, 0, 0.3, 0)");
        Assert.AreEqual(-0.3, slopes.Min(slope => slope.XY), 2e-3);
        Assert.AreEqual(0.3, slopes.Max(slope => slope.XY), 2e-3);
        Assert.IsTrue(slopes.All(slope => Math.Abs(slope.XX - 1) < GridRounding && Math.Abs(slope.YY - 1) < GridRounding && Math.Abs(slope.YX) < GridRounding));
    }

    [TestMethod]
    public void ScaleStretchesEachAxisByItself()
    {
        (double XX, double XY, double YX, double YY)[] slopes = Slopes("affine(0, 0.2, 0, 0)");
        foreach (double[] axis in new double[][] { [.. slopes.Select(slope => slope.XX)], [.. slopes.Select(slope => slope.YY)] })
        {
            Assert.AreEqual(0.8, axis.Min(), 2e-3);
            Assert.AreEqual(1.2, axis.Max(), 2e-3);
        }

        Assert.AreEqual(0, slopes.Average(slope => (slope.XX - 1) * (slope.YY - 1)), 0.0015); // 5 standard errors: of their own
    }

    private const double GridRounding = 1e-4; // of places and slopes in single precision

    // How far the places that the middle pixel and its neighbours are read from lie apart, in pixels: x and y by x and by y.
    private static (double XX, double XY, double YX, double YY)[] Slopes(string corruption)
    {
        const int Middle = Pixels / 2;
        float[][] x = [.. Apply(corruption, [.. Enumerable.Range(0, Count * Pixels).Select(p => (float)(p % Side))]).Chunk(Pixels)];
        float[][] y = [.. Apply(corruption, [.. Enumerable.Range(0, Count * Pixels).Select(p => (float)(p % Pixels / Side))]).Chunk(Pixels)];
        return [.. x.Zip(y, (a, b) => ((double)(a[Middle + 1] - a[Middle]), (double)(a[Middle + Side] - a[Middle]), (double)(b[Middle + 1] - b[Middle]), (double)(b[Middle + Side] - b[Middle])))];
    }

    private static float[] Apply(string corruption, float[] images)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(3);
        return CorruptionNotation.Parse(corruption)!.Apply(tensor(images, [Count, 1, Side, Side]), generator).data<float>().ToArray();
    }

    private static float[] Random(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count * Pixels).Select(_ => random.NextSingle())];
    }
}
