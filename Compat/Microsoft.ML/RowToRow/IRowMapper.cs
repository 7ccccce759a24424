namespace Microsoft.ML.Data;

/// <summary>A row-to-row transformer bound to an input schema.</summary>
internal interface IRowMapper
{
    /// <summary>The columns that it appends to those of the input.</summary>
    DataViewSchema.DetachedColumn[] GetOutputColumns();

    /// <summary>Which input columns the given output columns (numbered as in GetOutputColumns) are computed from.</summary>
    Func<int, bool> GetDependencies(Func<int, bool> activeOutput);

    /// <summary>A ValueGetter for each active output column, null for the others; the disposer (or null) is called at the end of the pass.</summary>
    Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer);
}
