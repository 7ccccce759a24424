using SkiaSharp;

namespace OnnxAE.Pipelines;

/// <summary>Colours by which classes are told apart.</summary>
internal static class ClassColors
{
    // Paul Tol's "muted" colours, which stay apart for colour-blind readers too; black for his pale grey, which is faint on white.
    // https://personal.sron.nl/~pault/
    private static readonly (SKColor Color, string Name)[] Colors =
    [
        (new(0x332288), "indigo"), (new(0x88CCEE), "cyan"), (new(0x117733), "green"), (new(0xCC6677), "rose"), (new(0xDDCC77), "sand"),
        (new(0x882255), "wine"), (new(0x44AA99), "teal"), (new(0x999933), "olive"), (new(0xAA4499), "purple"), (new(0x000000), "black"),
    ];

    /// <summary>The colour of a class; they repeat after ten.</summary>
    public static SKColor Of(int label) => Colors[label % Colors.Length].Color.WithAlpha(byte.MaxValue);

    /// <summary>What the colour is called.</summary>
    public static string NameOf(int label) => Colors[label % Colors.Length].Name;
}
