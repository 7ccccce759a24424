using System.Globalization;

namespace OnnxAE.Tests;

/// <summary>A table of eight columns, of very different sizes, that three hidden numbers make.</summary>
internal static class SyntheticTable
{
    /// <summary>Writes it with a line of headings.</summary>
    public static void Write(string path, int rows)
    {
        var random = new Random(1);
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(_ =>
        {
            double a = random.NextDouble() - 0.5, b = random.NextDouble() - 0.5, c = random.NextDouble() - 0.5;
            double[] cells = [a, 100 * b, 1e4 * c, a + b, b - c, 5 + a + c, -3 * a, 1000 + (10 * c)];
            return string.Join(',', cells.Select(cell => cell.ToString("R", CultureInfo.InvariantCulture)));
        });
        File.WriteAllLines(path, lines.Prepend("a,b,c,d,e,f,g,h"));
    }
}
