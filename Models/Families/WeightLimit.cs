namespace OnnxAE.Models;

/// <summary>How large a family's network may become.</summary>
internal static class WeightLimit
{
    // An ONNX file has at most 2 GB, half a billion floats; a quarter of it leaves memory for gradients and an optimizer's two averages.
    private const double Most = 1 << 27;

    /// <summary>Refuses a network that is too large, before anything of it is made.</summary>
    /// <param name="family">The family's name.</param>
    /// <param name="shape">The shape of its rows.</param>
    /// <param name="codeSize">Numbers a code.</param>
    /// <param name="weights">Weights of its dense layers, for a code of so many numbers: it grows with the code.</param>
    /// <exception cref="ArgumentException">There are too many; the message has the largest code that fits.</exception>
    public static void Check(string family, IReadOnlyList<int> shape, int codeSize, Func<int, double> weights)
    {
        if (weights(codeSize) <= Most)
        {
            return;
        }

        int fits = 0;
        for (int step = 1 << 30; step > 0; step /= 2)
        {
            fits += codeSize - fits > step && weights(fits + step) <= Most ? step : 0;
        }

        throw new ArgumentException(
            $"'{family}' with a code of {codeSize} numbers for rows of the shape {RowShape.Text(shape)} would have {Millions(weights(codeSize))} million weights, "
            + $"expected at most {Millions(Most)} million: use {(fits > 0 ? $"a code of up to {fits} numbers or " : "")}smaller rows.",
            nameof(codeSize));
    }

    private static string Millions(double weights) => FormattableString.Invariant($"{weights / 1e6:F0}");
}
