using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An ONNX transformer bound to an input schema.</summary>
internal sealed class OnnxMapper : IRowMapper
{
    private const string OutputSuffix = ".output";

    private readonly OnnxTransformer _parent;
    private readonly DataViewSchema.Column[] _columns;
    private readonly OnnxVariable[] _variables;

    public OnnxMapper(OnnxTransformer parent, DataViewSchema inputSchema)
    {
        _parent = parent;
        _variables = Array.ConvertAll(parent.Inputs, parent.Model.GetInput);
        _columns = Array.ConvertAll(_variables, variable => FindColumn(inputSchema, variable));
    }

    /// <summary>ML.NET's own converter adds a suffix to the names of columns, which is taken away again.</summary>
    public DataViewSchema.DetachedColumn[] GetOutputColumns() =>
        [.. _parent.Outputs.Select((name, i) => new DataViewSchema.DetachedColumn(
            name.EndsWith(OutputSuffix, StringComparison.Ordinal) ? name.Replace(OutputSuffix, "") : name,
            _parent.OutputTypes[i]))];

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        bool any = Enumerable.Range(0, _parent.Outputs.Length).Any(activeOutput);
        return index => any && _columns.Any(column => column.Index == index);
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        var active = Enumerable.Range(0, _parent.Outputs.Length).Where(activeOutput).ToArray();
        var getters = new Delegate[_parent.Outputs.Length];
        disposer = null;
        if (active.Length == 0)
            return getters;

        OnnxFeed[] feeds = [.. _columns.Zip(_variables, (column, variable) => OnnxFeed.Create(input, input.Schema[column.Index], variable))];
        string[] outputs = Array.ConvertAll(active, i => _parent.Outputs[i]);
        var scorer = new OnnxRowScorer(_parent.Model, input, _parent.Inputs, feeds, outputs);
        foreach (int i in active)
            getters[i] = scorer.GetGetter(_parent.Outputs[i]);
        disposer = scorer.Dispose;
        return getters;
    }

    private static DataViewSchema.Column FindColumn(DataViewSchema inputSchema, OnnxVariable variable)
    {
        string name = variable.Name;
        if (variable.Dimensions.Count(d => d == 0) > 1)
            throw new ArgumentOutOfRangeException(name, "Only 1 unknown dimension is allowed");
        DataViewSchema.Column column = inputSchema.GetColumnOrNull(name)
            ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name);

        DataViewType wanted = variable.Type.GetItemType();
        DataViewType found = column.Type.GetItemType();
        if (!found.Equals(wanted) && !(found is KeyDataViewType && found.RawType == wanted.RawType))
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name, wanted.ToString(), column.Type.ToString());

        if (!variable.Dimensions.Contains(0))
        {
            int length = column.Type.GetValueCount();
            Contracts.Check(length % variable.Dimensions.Aggregate((product, d) => product * d) == 0,
                $"Input shape mismatch: Input '{name}' has shape {string.Join(",", variable.Dimensions)}, but input data is of length {length}.");
        }
        return column;
    }
}
