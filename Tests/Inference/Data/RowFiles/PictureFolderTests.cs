using OnnxAE.Inference;
using SkiaSharp;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [TestMethod]
    public void ClassesAreTheFoldersAndWhatIsNoPictureIsCounted()
    {
        Write("cat/b.png", "cat/deep/a.PNG", "dog/c.png", "dog/readme.txt", "dog/notes.txt", "Thumbs.db", ".hidden/x.png");
        PictureFolder folder = PictureFolder.Open(_folder.Path);
        CollectionAssert.AreEqual(new[] { "cat/b.png", "cat/deep/a.PNG", "dog/c.png" }, folder.Files.Select(file => file.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "cat", "cat", "dog" }, folder.Files.Select(file => file.Class).ToArray());
        Assert.IsTrue(folder.HasClasses);
        Assert.AreEqual("passed over 3 files: 2 .txt, 1 .db", folder.PassedOverText);
        Write("e.png");
        Assert.Contains("1 pictures directly and 3 in folders", Assert.ThrowsExactly<InvalidDataException>(() => PictureFolder.Open(_folder.Path).CheckClasses()).Message);
    }

    [TestMethod]
    public void AFolderWithoutPicturesIsRefused()
    {
        Write("a.txt");
        Assert.Contains("holds no picture", Assert.ThrowsExactly<InvalidDataException>(() => PictureFolder.Open(_folder.Path)).Message);
        Assert.ThrowsExactly<FileNotFoundException>(() => PictureFolder.Open(_folder["nothing"]));
    }

    [TestMethod]
    public void PicturesAreStretchedOrFittedAndColoursBecomeGreyWhereAsked()
    {
        using SKBitmap wide = new(40, 20); // left half red, right half white
        wide.Erase(SKColors.White);
        wide.Erase(SKColors.Red, new SKRectI(0, 0, 20, 20));
        using SKData png = wide.Encode(SKEncodedImageFormat.Png, 100);
        _folder.Write("wide.png", png.ToArray());

        byte[] stretched = Read([3, 10, 10], new PictureOptions { Resize = PictureResize.Stretch });
        CollectionAssert.AreEqual(new[] { 255, 0, 0, 255, 255, 255 }, At(stretched, 5, 1).Concat(At(stretched, 5, 8)).ToArray());
        byte[] fitted = Read([3, 10, 10], new PictureOptions { Resize = PictureResize.Fit, Background = PictureBackground.Black });
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 255, 0, 0 }, At(fitted, 1, 1).Concat(At(fitted, 5, 1)).ToArray());
        byte[] grey = Read([1, 20, 40], new PictureOptions { ToGrey = true });
        Assert.AreEqual((76, 255), (grey[0], grey[39])); // 0.299 of 255
        Assert.Contains("with colours", Fault([1, 20, 40], new PictureOptions()));
        Assert.Contains("found 40 x 20 pixels, expected 10 x 10", Fault([3, 10, 10], new PictureOptions()));

        static int[] At(byte[] planes, int y, int x) => [.. Enumerable.Range(0, 3).Select(c => (int)planes[(c * 100) + (y * 10) + x])];
    }

    [TestMethod]
    [DataRow("P2\n# text\n2 1\n11\n0 11\n", 1, new[] { 0, 255 })]
    [DataRow("P3 1 1 255\n10 20 30", 3, new[] { 10, 20, 30 })]
    [DataRow("P5 2 1 255 ab", 1, new[] { 97, 98 })]
    public void PicturesOfNetpbmAreScaledToTheirWhite(string text, int channels, int[] expected)
    {
        _folder.Write("a.pgm", System.Text.Encoding.ASCII.GetBytes(text));
        PictureReader reader = new(PictureFolder.Open(_folder["a.pgm"]), [channels, 1, expected.Length / channels], new PictureOptions());
        byte[] planes = new byte[reader.ByteCount];
        Assert.IsNull(reader.TryRead(0, planes));
        CollectionAssert.AreEqual(expected, planes.Select(b => (int)b).ToArray());
        Assert.AreEqual((expected.Length / channels, 1), PictureDecoder.SizeOf(_folder["a.pgm"]));
    }

    [TestMethod]
    public void APictureWithoutANameOfOneIsToldByItsContent()
    {
        string golden = Path.Combine(AppContext.BaseDirectory, "Inference/Data/RowFiles/Golden/Pictures");
        foreach (string file in new[] { "grey-8.png", "grey.jpg", "grey.gif", "grey.webp", "grey.bmp" }.Select(name => Path.Combine(golden, name)))
        {
            string path = _folder.Write("unnamed", File.ReadAllBytes(file));
            CollectionAssert.AreEqual(RowsOf.File<byte>(file, 256).Single(), RowsOf.File<byte>(path, 256).Single());
            RowSource pipe = RowSource.OfStream(new MemoryStream(File.ReadAllBytes(file)), "standard input", CancellationToken.None);
            Assert.Contains("is a picture", Assert.ThrowsExactly<InvalidDataException>(() => new RowFileView(pipe, new RowFileOptions { RowShape = [256] })).Message);
        }
    }

    [TestMethod]
    public void ManyPixelsBecomeTheirMeanAndNotOneOfThem()
    {
        using SKBitmap noise = new(512, 512, SKColorType.Gray8, SKAlphaType.Opaque);
        Random random = new(1);
        byte[] pixels = [.. Enumerable.Range(0, 512 * 512).Select(_ => (byte)(random.Next(2) * 255))];
        System.Runtime.InteropServices.Marshal.Copy(pixels, 0, noise.GetPixels(), pixels.Length);
        foreach (SKEncodedImageFormat format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg })
        {
            using SKData file = noise.Encode(format, 100);
            _folder.Write("wide.png", file.ToArray());
            foreach (PictureResize resize in new[] { PictureResize.Stretch, PictureResize.Fit })
            {
                byte[] planes = Read([1, 32, 32], new PictureOptions { Resize = resize, ToGrey = true });
                double mean = planes.Average(b => (double)b);
                Assert.AreEqual(127.5, mean, 2);
                Assert.IsLessThan(12, Math.Sqrt(planes.Average(b => Math.Pow(b - mean, 2)))); // of means of 16 x 16 pixels: 8
            }
        }
    }

    [TestMethod]
    public void APictureOfTextThatClaimsManyPixelsTakesNoMemory()
    {
        _folder.Write("wide.png", "P2 9000 9000 255 1 2 3"u8.ToArray());
        Assert.Contains("cut short", Fault([1, 4, 4], new PictureOptions { Resize = PictureResize.Fit }));
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Read(int[] shape, PictureOptions options)
    {
        PictureReader reader = new(PictureFolder.Open(_folder["wide.png"]), shape, options);
        byte[] planes = new byte[reader.ByteCount];
        Assert.IsNull(reader.TryRead(0, planes));
        return planes;
    }

    private string Fault(int[] shape, PictureOptions options)
    {
        PictureReader reader = new(PictureFolder.Open(_folder["wide.png"]), shape, options);
        return reader.TryRead(0, new byte[reader.ByteCount])!;
    }

    private void Write(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllText(_folder[name], "x");
        }
    }
}
