using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

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

/// <summary>Draws labels, the same share of each class.</summary>
internal static class LabelSlices
{
    private const double FewLabels = 0.01; // 600 of 60,000, as in document 003
    private const double AtLeastPerClass = 5; // where images are few, 1 % is next to nothing

    /// <summary>The share of the training images that keep their labels where no share is asked for.</summary>
    public static double UsualShare(RowSet train) => Math.Clamp(AtLeastPerClass * train.ClassCount / train.Count, FewLabels, 1);

    /// <summary>Draws once.</summary>
    /// <param name="train">The images.</param>
    /// <param name="fraction">Share of each class.</param>
    /// <param name="seed">The first draw's seed.</param>
    /// <param name="draw">Which draw, from 0.</param>
    public static LabelSlice Draw(RowSet train, double fraction, int seed, int draw = 0)
    {
        uint[] keys = KeepShare([.. train.Labels.ToArray().Select(label => (uint)(label + 1))], train.ClassCount, fraction, seed + draw);
        int[] rows = [.. Enumerable.Range(0, keys.Length).Where(row => keys[row] != 0)];
        return new LabelSlice(fraction, draw, seed + draw, rows, keys, train.ClassCount);
    }

    /// <summary>Hides all labels but a share of each class: the same rows keep theirs as with <see cref="LabeledSliceCatalog.KeepLabels"/>.</summary>
    /// <param name="keys">Labels as keys from 1; 0 for none.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="fraction">Share of each class.</param>
    /// <param name="seed">Chooses the rows.</param>
    public static uint[] KeepShare(uint[] keys, int classCount, double fraction, int seed)
    {
        var ml = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(KeyRow));
        schema[nameof(KeyRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), classCount);
        IDataView view = ml.Data.LoadFromEnumerable(keys.Select(key => new KeyRow { Label = unchecked(key - 1) }).ToArray(), schema);
        return [.. ml.Data.KeepLabels(view, fraction, seed).GetColumn<uint>(nameof(KeyRow.Label))];
    }

    /// <summary>Draws the slices of an experiment and keeps a record of each: a JSON file with the rows drawn.</summary>
    /// <param name="data">The images; labels of the training images alone are read.</param>
    /// <param name="fraction">Share of each class, stratified.</param>
    /// <param name="draws">How many draws; of all labels there is but one.</param>
    /// <param name="seed">The first draw's seed.</param>
    /// <param name="folder">Where the files go.</param>
    public static IReadOnlyList<LabelSlice> Create(LabeledImages data, double fraction, int draws, int seed, string folder)
    {
        Directory.CreateDirectory(folder);
        LabelSlice[] slices = [.. Enumerable.Range(0, fraction < 1 ? draws : 1).Select(draw => Draw(data.Train, fraction, seed, draw))];
        foreach (LabelSlice slice in slices)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{data.Name}-{data.Sha256[..8]}-{fraction}-seed{slice.Seed}.json");
            JsonFile.Write(
                new { Dataset = data.Name, DatasetSha256 = data.Sha256, fraction, slice.Draw, slice.Seed, Labels = slice.Rows.Count, slice.Rows },
                Path.Combine(folder, name));
        }

        return slices;
    }

    private sealed class KeyRow
    {
        /// <summary>The class from 0; <see cref="uint.MaxValue"/>, which is no class, for missing.</summary>
        public uint Label { get; set; }
    }
}
