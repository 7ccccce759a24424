using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary>Two dimensions of a code, as the command line names them.</summary>
internal static class CodeDimensions
{
    /// <summary>Reads <c>I,J</c>.</summary>
    /// <exception cref="UsageException">The text is no pair of different dimensions of the code.</exception>
    public static (int First, int Second) Parse(string text, int codeSize)
    {
        string[] parts = text.Split(',');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int second)
            && first != second && first < codeSize && second < codeSize)
        {
            return (first, second);
        }

        throw new UsageException($"--dimensions '{text}' are not two different dimensions of a code of {codeSize}; expected two from 0 to {codeSize - 1}, such as 0,1.");
    }
}
