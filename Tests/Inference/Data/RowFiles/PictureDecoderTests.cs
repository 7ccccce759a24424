using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>
/// Pictures of 16 x 16 pixels, written by Pillow or by hand. In those called grey, pixel i is i; in those called color it is
/// (i, 255 - i, 7 i).
/// </summary>
[TestClass]
public sealed class PictureDecoderTests
{
    private const int Side = 16;
    private const int PixelCount = Side * Side;
    private const int JpegRounding = 2; // of its two changes of base

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Inference/Data/RowFiles/Golden/Pictures");
    private static readonly byte[] Greys = [.. Enumerable.Range(0, PixelCount).Select(i => (byte)i)];
    private static readonly byte[] Colors = [.. Greys, .. Greys.Select(i => (byte)(255 - i)), .. Greys.Select(i => (byte)(7 * i))];

    public static IEnumerable<object[]> GreyFiles => FilesNamed("grey");

    public static IEnumerable<object[]> ColorFiles => FilesNamed("color");

    [TestMethod]
    [DynamicData(nameof(GreyFiles))]
    public void Every_grey_is_read_as_it_is(string name)
    {
        CollectionAssert.AreEqual(Greys, Read(name, Side, Side));
        CollectionAssert.AreEqual(Greys, Read(name, PixelCount));
        CollectionAssert.AreEqual((byte[])[.. Greys, .. Greys, .. Greys], Read(name, 3, Side, Side));
    }

    [TestMethod]
    [DynamicData(nameof(ColorFiles))]
    public void Colours_become_planes_as_they_are_and_are_no_grey(string name)
    {
        CollectionAssert.AreEqual(Colors, Read(name, 3, Side, Side));
        Assert.AreEqual("found a picture with colours, expected a grey one", RefusalOf(name, 1, Side, Side));
    }

    [TestMethod]
    public void Every_format_has_grey_and_coloured_files()
    {
        foreach (IEnumerable<object[]> files in new[] { GreyFiles, ColorFiles })
        {
            string[] extensions = [.. files.Select(file => Path.GetExtension((string)file[0])).Distinct().Order()];
            CollectionAssert.IsSubsetOf(new[] { ".bmp", ".gif", ".png", ".webp" }, extensions);
        }
    }

    [TestMethod]
    public void What_is_transparent_lies_on_white()
    {
        CollectionAssert.AreEqual(Enumerable.Repeat((byte)255, 3 * PixelCount).ToArray(), Read("white-transparent.png", 3, Side, Side));
        CollectionAssert.AreEqual(Greys.Reverse().ToArray(), Read("half-transparent.png", Side, Side)); // black, of opacity i
    }

    [TestMethod]
    [DataRow("smooth.jpg")]
    [DataRow("smooth-progressive.jpg")]
    public void A_coloured_JPEG_is_what_its_writer_was_given_but_for_rounding(string name)
    {
        byte[] planes = Read(name, 3, Side, Side);
        for (int i = 0; i < PixelCount; i++)
        {
            Assert.AreEqual(i, planes[i], JpegRounding);
            Assert.AreEqual(100, planes[PixelCount + i], JpegRounding);
            Assert.AreEqual(255 - i, planes[(2 * PixelCount) + i], JpegRounding);
        }
    }

    [TestMethod]
    [DataRow("huge.png", "found 100000 x 100000 pixels, expected 16 x 16")]
    [DataRow("huge.bmp", "found 60000 x 60000 pixels, expected 16 x 16")]
    [DataRow("huge.gif", "found 65535 x 65535 pixels, expected 16 x 16")]
    public void A_size_is_compared_before_memory_is_taken(string name, string sentence)
    {
        Assert.AreEqual(sentence, RefusalOf(name, 1, Side, Side));
        Assert.AreEqual(sentence.Replace("16 x 16", "256 in all"), RefusalOf(name, PixelCount));
    }

    [TestMethod]
    public void A_file_that_is_cut_short_is_refused_or_read_as_a_whole()
    {
        PictureDecoder decoder = new([3, Side, Side]);
        foreach (string file in Directory.GetFiles(Folder).Where(f => !f.Contains("huge")))
        {
            byte[] whole = File.ReadAllBytes(file);
            byte[] expected = decoder.ReadPlanes(whole);
            int refused = 0;
            for (int length = 0; length < whole.Length; length++)
            {
                refused += ReadsOrRefuses(decoder, whole.AsSpan(0, length), expected, $"{Path.GetFileName(file)}, {length} bytes") ? 0 : 1;
            }

            Assert.IsGreaterThan(file.EndsWith("film.gif") ? whole.Length / 3 : whole.Length - 32, refused, file);
        }
    }

    [TestMethod]
    public void Bytes_that_any_file_may_begin_with_make_no_picture()
    {
        byte[] wbmp = [0, 0, Side, Side, .. Greys]; // two zeros, width and height
        Assert.Contains("found no picture", Assert.ThrowsExactly<InvalidDataException>(() => new PictureDecoder([Side, Side]).ReadPlanes(wbmp)).Message);
    }

    [TestMethod]
    public void A_changed_byte_of_a_PNG_is_found()
    {
        PictureDecoder decoder = new([3, Side, Side]);
        foreach (string name in new[] { "grey-8.png", "grey-interlaced.png", "color-8.png", "color-palette.png" })
        {
            byte[] file = File.ReadAllBytes(Path.Combine(Folder, name));
            byte[] expected = decoder.ReadPlanes(file);
            for (int at = 0; at < file.Length; at++)
            {
                file[at] ^= 0x10;
                ReadsOrRefuses(decoder, file, expected, $"{name}, byte {at}");
                file[at] ^= 0x10;
            }
        }
    }

    [TestMethod]
    public void A_JPEG_with_a_small_one_inside_is_whole_by_its_own_end()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, "smooth-progressive.jpg"));
        byte[] small = File.ReadAllBytes(Path.Combine(Folder, "grey.jpg"));
        int length = small.Length + 2;
        byte[] both = [.. file.AsSpan(0, 2), 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. small, .. file.AsSpan(2)];
        PictureDecoder decoder = new([3, Side, Side]);
        byte[] expected = decoder.ReadPlanes(file);
        CollectionAssert.AreEqual(expected, decoder.ReadPlanes(both));
        Assert.Contains("cut short", Assert.ThrowsExactly<InvalidDataException>(() => decoder.ReadPlanes(both.AsSpan(0, both.Length - 2))).Message);
    }

    // Whether it was read; what is read must be the picture.
    private static bool ReadsOrRefuses(PictureDecoder decoder, ReadOnlySpan<byte> file, byte[] expected, string place)
    {
        byte[] found;
        try
        {
            found = decoder.ReadPlanes(file);
        }
        catch (InvalidDataException)
        {
            return false;
        }

        CollectionAssert.AreEqual(expected, found, place);
        return true;
    }

    private static byte[] Read(string name, params int[] shape)
    {
        PictureDecoder decoder = new(shape);
        byte[] planes = decoder.ReadPlanes(File.ReadAllBytes(Path.Combine(Folder, name)));
        Assert.AreEqual((Side, Side), decoder.Size);
        return planes;
    }

    private static string RefusalOf(string name, params int[] shape)
        => Assert.ThrowsExactly<InvalidDataException>(() => Read(name, shape)).Message;

    private static IEnumerable<object[]> FilesNamed(string start)
        => Directory.GetFiles(Folder, $"{start}*").Order(StringComparer.Ordinal).Select(file => new object[] { Path.GetFileName(file) });
}
