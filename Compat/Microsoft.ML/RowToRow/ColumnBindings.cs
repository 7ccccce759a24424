namespace Microsoft.ML.Data;

/// <summary>
/// Where a mapper's columns go: one that hides an input column stands right behind it, the others at the end.
/// </summary>
internal sealed class ColumnBindings
{
    // For each column of the output: the index of an input column, or the complement of the index of an added one.
    private readonly List<int> _sources;
    private readonly int[] _added;

    public ColumnBindings(DataViewSchema inputSchema, DataViewSchema.DetachedColumn[] addedColumns)
    {
        InputSchema = inputSchema;
        _sources = [.. Enumerable.Range(0, inputSchema.Count)];
        for (int i = 0; i < addedColumns.Length; i++)
        {
            int hidden = _sources.FindLastIndex(source => GetColumn(source).Name == addedColumns[i].Name);
            _sources.Insert(hidden < 0 ? _sources.Count : hidden + 1, ~i);
        }
        _added = [.. addedColumns.Select((_, i) => _sources.IndexOf(~i))];

        var builder = new DataViewSchema.Builder();
        foreach (int source in _sources)
        {
            DataViewSchema.DetachedColumn column = GetColumn(source);
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }
        Schema = builder.ToSchema();

        DataViewSchema.DetachedColumn GetColumn(int source) => source >= 0 ? new(inputSchema[source]) : addedColumns[~source];
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema Schema { get; }

    /// <summary>Whether a column of the output is the input's, and its index there or among the added ones.</summary>
    public (bool IsInput, int Index) Map(DataViewSchema.Column column)
    {
        int source = _sources[column.Index];
        return source >= 0 ? (true, source) : (false, ~source);
    }

    /// <summary>Which of the added columns are among the active ones of the output.</summary>
    public Func<int, bool> GetActiveAdded(bool[] active) => added => active[_added[added]];

    /// <summary>Whether any of the added columns is among the active ones of the output.</summary>
    public bool HasAdded(bool[] active) => _added.Any(output => active[output]);

    /// <summary>Which input columns are needed: those passed through, and those that the mapper reads.</summary>
    public DataViewSchema.Column[] GetInputColumns(bool[] active, IRowMapper mapper)
    {
        Func<int, bool> read = mapper.GetDependencies(GetActiveAdded(active));
        HashSet<int> passed = [.. _sources.Where((source, output) => source >= 0 && active[output])];
        return [.. InputSchema.Where(c => passed.Contains(c.Index) || read(c.Index))];
    }
}
