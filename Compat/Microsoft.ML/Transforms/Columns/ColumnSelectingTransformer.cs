using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string LoaderSignature = "SelectColumnsTransform";

    private static readonly VersionInfo Version = new(
        modelSignature: "SELCOLST",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);

    private readonly string[] _names;
    private readonly bool _keep;
    private readonly bool _keepHidden;
    private readonly bool _ignoreMissing;

    /// <param name="names">The columns to keep, in their new order, or those to drop.</param>
    /// <param name="keep">Which of the two.</param>
    /// <param name="keepHidden">Whether columns that another of their name hides are kept.</param>
    /// <param name="ignoreMissing">Whether names may be missing from the input.</param>
    internal ColumnSelectingTransformer(string[] names, bool keep, bool keepHidden, bool ignoreMissing = false)
    {
        Contracts.CheckValue(names, nameof(names));
        Contracts.Check(names.Length > 0, "Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        _names = names;
        _keep = keep;
        _keepHidden = keepHidden;
        _ignoreMissing = ignoreMissing;
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Select(inputSchema).Schema;

    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return Select(input, nameof(input));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Select(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.Writer.Write(_keep);
        ctx.Writer.Write(_keepHidden);
        ctx.Writer.Write(_ignoreMissing);
        ctx.Writer.Write(_names.Length);
        foreach (string name in _names)
            ctx.SaveNonEmptyString(name);
    }

    internal static ColumnSelectingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        bool keep = ctx.Reader.ReadBoolean();
        bool keepHidden = ctx.Reader.ReadBoolean();
        bool ignoreMissing = ctx.Reader.ReadBoolean();
        var names = new string[ctx.ReadCount(sizeof(int))];
        for (int i = 0; i < names.Length; i++)
            names[i] = ctx.LoadNonEmptyString();
        return new ColumnSelectingTransformer(names, keep, keepHidden, ignoreMissing);
    }

    internal bool Keeps(string name) => _names.Contains(name) == _keep;

    internal void CheckNames(IEnumerable<string> inputNames, string parameterName = "inputSchema")
    {
        string[] missing = [.. _names.Except(inputNames)];
        if (!_ignoreMissing && missing.Length > 0)
            throw Contracts.ExceptSchemaMismatch(parameterName, "input", string.Join(",", missing));
    }

    private SelectedColumnsView Select(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return Select(new EmptyDataView(inputSchema), nameof(inputSchema));
    }

    private SelectedColumnsView Select(IDataView input, string parameterName)
    {
        DataViewSchema inputSchema = input.Schema;
        CheckNames(inputSchema.Select(c => c.Name), parameterName);
        // What is kept comes in the order of the names; what is left after a drop stays as it is, hidden columns too.
        IEnumerable<DataViewSchema.Column> kept = _keep
            ? _names.SelectMany(name => inputSchema.Where(c => c.Name == name && (_keepHidden || !c.IsHidden)))
            : inputSchema.Where(c => Keeps(c.Name));
        return new SelectedColumnsView(input, [.. kept]);
    }
}
