using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>Draws the slices of an experiment and keeps a record of each: a JSON file with the rows drawn.</summary>
internal static class LabelSlices
{
    /// <summary>Draws, and writes the files.</summary>
    /// <param name="data">The images; labels of the training images alone are read.</param>
    /// <param name="fraction">Share of each class, stratified.</param>
    /// <param name="draws">How many draws; of all labels there is but one.</param>
    /// <param name="seed">The first draw's seed.</param>
    /// <param name="folder">Where the files go.</param>
    public static IReadOnlyList<LabelSlice> Create(LabeledImages data, double fraction, int draws, int seed, string folder)
    {
        Directory.CreateDirectory(folder);
        var ml = new MLContext(seed);
        IDataView train = ml.Data.LoadFromImages(data.Train);
        var slices = new List<LabelSlice>();
        for (int draw = 0; draw < (fraction < 1 ? draws : 1); draw++)
        {
            uint[] keys = [.. ml.Data.KeepLabels(train, fraction, seed + draw).GetColumn<uint>("Label")];
            int[] rows = [.. Enumerable.Range(0, keys.Length).Where(row => keys[row] != 0)];
            var slice = new LabelSlice(fraction, draw, seed + draw, rows, keys, data.Train.ClassCount);
            string name = string.Create(CultureInfo.InvariantCulture, $"{data.Name}-{data.Sha256[..8]}-{fraction}-seed{slice.Seed}.json");
            JsonFile.Write(
                new { Dataset = data.Name, DatasetSha256 = data.Sha256, fraction, slice.Draw, slice.Seed, Labels = rows.Length, Rows = rows },
                Path.Combine(folder, name));
            slices.Add(slice);
        }

        return slices;
    }
}
