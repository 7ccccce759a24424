namespace OnnxAE.Pipelines;

/// <summary>One draw of the labels that classifiers may see.</summary>
/// <param name="Fraction">Share of each class.</param>
/// <param name="Draw">Which draw, from 0.</param>
/// <param name="Seed">Decides which rows were drawn, and whatever a classifier draws itself.</param>
/// <param name="Rows">The training images drawn, by their index, ascending.</param>
/// <param name="Keys">For all training images the label as a key from 1; 0 where it is hidden.</param>
/// <param name="ClassCount">Number of classes.</param>
internal sealed record LabelSlice(double Fraction, int Draw, int Seed, IReadOnlyList<int> Rows, IReadOnlyList<uint> Keys, int ClassCount)
{
    /// <summary>Whether no label is hidden.</summary>
    public bool IsWhole => Rows.Count == Keys.Count;

    /// <summary>The rows drawn, class by class.</summary>
    public IEnumerable<IGrouping<uint, int>> ByClass => Rows.GroupBy(row => Keys[row]);
}
