namespace OnnxAE.Models;

/// <summary>
/// Damage for pictures whose content is unknown, in the notation of <c>--corruption</c>: weak enough for pictures in which up and down
/// matter, between what the fixed networks do to digits and to clothes.
/// </summary>
internal static class PictureCorruption
{
    private const string Deformations = "affine(10, 0.15, 0.12, 0.15, 0.1) + elastic(0.06, 5)";

    /// <summary>For a network that undoes it: deformations and a missing patch.</summary>
    public static string Deformation(IReadOnlyList<int> shape) => $"{Deformations} + {CutOut("0.5", shape)}";

    /// <summary>
    /// For a network that matches two views of a picture: also other light, which says nothing about the content. Colour pictures are
    /// mostly photographs, whose content stays when left and right are swapped. Grey ones may be writing, scans or measurements, where
    /// a mirror image means something else.
    /// </summary>
    public static string Views(IReadOnlyList<int> shape) =>
        $"{(shape[0] >= 3 ? "mirror(0.5) + " : "")}{Deformations} + gamma(0.5) + gain(0.5, 1.15) + {CutOut("1", shape)}";

    // From a ninth to three eighths of the shorter side: 3 to 11 of 28 pixels, as for clothes. A cutout has at most 1024 pixels a side.
    private static string CutOut(string share, IReadOnlyList<int> shape)
    {
        int side = Math.Min(Math.Min(shape[1], shape[2]), 2048), least = Math.Max(side / 9, 1);
        return $"cutout({share}, {least}, {Math.Max((int)Math.Round(side * 3 / 8.0, MidpointRounding.AwayFromZero), least)})";
    }
}
