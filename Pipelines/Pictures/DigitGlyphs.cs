namespace OnnxAE.Pipelines.Pictures;

/// <summary>Digits of 3x5 pixels, for legends.</summary>
internal static class DigitGlyphs
{
    /// <summary>Pixels a digit has to the right.</summary>
    public const int Width = 3;

    /// <summary>Lines of a digit.</summary>
    public const int Height = 5;

    private static readonly string[] Lines =
    [
        "### .#. ### ### #.# ### ### ### ### ###",
        "#.# ##. ..# ..# #.# #.. #.. ..# #.# #.#",
        "#.# .#. ### ### ### ### ### ..# ### ###",
        "#.# .#. #.. ..# ..# ..# #.# ..# #.# ..#",
        "### ### ### ### ..# ### ### ..# ### ###",
    ];

    /// <summary>Whether a digit is black at a place.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="column">0 to 2, from the left.</param>
    /// <param name="line">0 to 4, from the top.</param>
    public static bool IsInk(int digit, int column, int line) => Lines[line][(digit * (Width + 1)) + column] == '#';
}
