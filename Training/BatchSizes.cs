namespace OnnxAE.Training;

/// <summary>
/// How an epoch's images are dealt out to its steps: the last batch takes what is left, and a single image that would be.
/// Batch norm has nothing to normalise one image by.
/// </summary>
internal static class BatchSizes
{
    /// <summary>Steps of an epoch.</summary>
    /// <param name="images">Images of an epoch.</param>
    /// <param name="batchSize">Images a step.</param>
    public static int StepsPerEpoch(int images, int batchSize)
    {
        int whole = Math.DivRem(images, batchSize, out int rest);
        return Math.Max(1, whole + (rest > 1 ? 1 : 0));
    }

    /// <summary>Images of the next step.</summary>
    /// <param name="left">Images of the epoch that no step has taken yet.</param>
    /// <param name="batchSize">Images a step.</param>
    public static int Next(int left, int batchSize) => StepsPerEpoch(left, batchSize) == 1 ? left : batchSize;
}
