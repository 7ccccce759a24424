namespace OnnxAE.Pipelines.Pictures;

/// <summary>Colours by which classes are told apart.</summary>
internal static class ClassColors
{
    // Kelly's colours of maximum contrast (1965), those that stand out on white.
    private static readonly (byte R, byte G, byte B, string Name)[] Colors =
    [
        (0, 83, 138, "blue"), (255, 104, 0, "orange"), (0, 125, 52, "green"), (193, 0, 32, "red"), (128, 62, 117, "purple"),
        (129, 112, 102, "grey"), (246, 118, 142, "pink"), (89, 51, 21, "brown"), (244, 200, 0, "yellow"), (35, 35, 35, "black"),
    ];

    /// <summary>The colour of a class; they repeat after ten.</summary>
    public static (byte R, byte G, byte B) Of(int label) => (Colors[label % Colors.Length].R, Colors[label % Colors.Length].G, Colors[label % Colors.Length].B);

    /// <summary>What the colour is called.</summary>
    public static string NameOf(int label) => Colors[label % Colors.Length].Name;
}
