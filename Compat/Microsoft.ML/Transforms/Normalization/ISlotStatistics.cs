namespace Microsoft.ML.Transforms;

/// <summary>What a normalizer learns in its pass over the rows. A slot that a sparse row leaves out is not added.</summary>
internal interface ISlotStatistics<T>
{
    void AddRow();

    void Add(int slot, T value);

    /// <summary>Accounts for the slots that rows left out.</summary>
    void Finish();
}
