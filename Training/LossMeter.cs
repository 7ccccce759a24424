namespace OnnxAE.Training;

/// <summary>Means of a loss and its named parts over batches of different sizes.</summary>
internal sealed class LossMeter
{
    private readonly Dictionary<string, double> partSums = new(StringComparer.Ordinal);
    private double sum;
    private long images;

    /// <summary>The mean loss of all images so far.</summary>
    public double Mean => sum / images;

    /// <summary>The sums, for a checkpoint: the loss under an empty name, then its parts.</summary>
    public IReadOnlyDictionary<string, double> Sums => new Dictionary<string, double>(partSums) { [""] = sum };

    /// <summary>The mean of each part; null where there are none.</summary>
    public IReadOnlyDictionary<string, double>? PartMeans() =>
        partSums.Count == 0 ? null : partSums.ToDictionary(part => part.Key, part => part.Value / images);

    /// <summary>Adds a batch's mean loss.</summary>
    public void Add(LossValue value, int count)
    {
        sum += value.Total * count;
        images += count;
        foreach ((string name, double part) in value.Parts)
        {
            partSums[name] = partSums.GetValueOrDefault(name) + (part * count);
        }
    }

    /// <summary>Forgets everything, or goes on from the sums of a checkpoint.</summary>
    public void Reset(IReadOnlyDictionary<string, double>? sums = null, long imagesDone = 0)
    {
        partSums.Clear();
        foreach ((string name, double part) in sums ?? new Dictionary<string, double>())
        {
            partSums[name] = part;
        }

        partSums.Remove("", out sum);
        images = imagesDone;
    }
}
