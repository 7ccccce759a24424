using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
{
    internal const string LoaderSignature = "OnnxTransform";
    internal const int DefaultRecursionLimit = 100;

    private const string ModelEntry = "OnnxModel";
    private const uint SeveralColumnsVersion = 0x00010002;
    private const uint RecursionLimitVersion = 0x00010003;

    private static readonly VersionInfo Version = new(
        modelSignature: "ONNXSCOR",
        verWrittenCur: RecursionLimitVersion,
        verReadableCur: RecursionLimitVersion,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.OnnxTransformer);

    private readonly IDictionary<string, int[]> _shapes;
    private readonly int _recursionLimit;
    private bool _disposed;

    /// <param name="env">The environment.</param>
    /// <param name="model">The model, which becomes this transformer's own.</param>
    /// <param name="inputs">The columns to read, named like the model's inputs; null or empty for all inputs.</param>
    /// <param name="outputs">The columns to add, named like the model's outputs; null or empty for all outputs.</param>
    /// <param name="shapes">Shapes in place of the model's own, or null.</param>
    /// <param name="recursionLimit">Kept for the models that are saved; ONNX Runtime has limits of its own.</param>
    internal OnnxTransformer(IHostEnvironment env, OnnxModel model, string[] inputs, string[] outputs, IDictionary<string, int[]> shapes, int recursionLimit)
        : base(env)
    {
        try
        {
            Inputs = inputs is null or [] ? [.. model.InputNames] : inputs;
            Outputs = outputs is null or [] ? [.. model.OutputNames] : outputs;
            foreach (string name in Inputs)
                Contracts.CheckNonEmpty(name, "InputColumns");
            foreach (string name in Outputs)
                Contracts.CheckNonEmpty(name, "OutputColumns");
            OutputTypes = Array.ConvertAll(Outputs, name => model.GetOutput(name).Type);
        }
        catch
        {
            model.Dispose();
            throw;
        }
        Model = model;
        _shapes = shapes;
        _recursionLimit = recursionLimit;
    }

    internal OnnxModel Model { get; }

    internal string[] Inputs { get; }

    internal string[] Outputs { get; }

    internal DataViewType[] OutputTypes { get; }

    public void Dispose()
    {
        if (!_disposed)
            Model.Dispose();
        _disposed = true;
    }

    internal static OnnxTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        byte[] bytes = null;
        bool found = ctx.TryLoadBinaryStream(ModelEntry, reader =>
        {
            int length = reader.ReadInt32();
            Contracts.CheckDecode(length > 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position);
            bytes = reader.ReadBytes(length);
        });
        Contracts.CheckDecode(found);

        bool several = ctx.ModelVerWritten >= SeveralColumnsVersion;
        string[] inputs = LoadNames(ctx, several);
        string[] outputs = LoadNames(ctx, several);
        Dictionary<string, int[]> shapes = [];
        for (int left = ctx.Reader.ReadInt32(); left > 0; left--)
        {
            string name = ctx.LoadNonEmptyString();
            shapes[name] = ctx.ReadValues<int>(ctx.ReadCount(sizeof(int)));
        }
        int recursionLimit = ctx.ModelVerWritten >= RecursionLimitVersion ? ctx.Reader.ReadInt32() : DefaultRecursionLimit;

        var device = new OnnxDevice(GpuDeviceId: null, FallbackToCpu: true);
        return new OnnxTransformer(env, OnnxModel.Open(bytes, device, shapes), inputs, outputs, shapes, recursionLimit);
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new OnnxMapper(this, schema);

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.SaveBinaryStream(ModelEntry, writer =>
        {
            writer.Write(Model.Bytes.Length);
            writer.Write(Model.Bytes);
        });
        SaveNames(ctx, Inputs);
        SaveNames(ctx, Outputs);
        ctx.Writer.Write(_shapes?.Count ?? 0);
        foreach (var (name, shape) in _shapes ?? new Dictionary<string, int[]>())
        {
            ctx.SaveNonEmptyString(name);
            ctx.Writer.Write(shape.Length);
            ctx.WriteValues<int>(shape);
        }
        ctx.Writer.Write(_recursionLimit);
    }

    private static string[] LoadNames(ModelLoadContext ctx, bool counted)
    {
        var names = new string[counted ? ctx.ReadCount(sizeof(int)) : 1];
        Contracts.CheckDecode(names.Length > 0);
        for (int i = 0; i < names.Length; i++)
            names[i] = ctx.LoadNonEmptyString();
        return names;
    }

    private static void SaveNames(ModelSaveContext ctx, string[] names)
    {
        ctx.Writer.Write(names.Length);
        foreach (string name in names)
            ctx.SaveNonEmptyString(name);
    }
}
