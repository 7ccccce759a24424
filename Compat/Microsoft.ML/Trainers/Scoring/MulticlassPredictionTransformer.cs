using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>How a multiclass prediction transformer is stored.</summary>
internal static class MulticlassPredictionTransformer
{
    public const string LoaderSignature = "MulticlassPredXfer";

    public const uint ColumnNamesVersion = 0x00010002;

    public static readonly VersionInfo Version = new(
        modelSignature: "MC  PRED",
        verWrittenCur: ColumnNamesVersion,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);

    /// <summary>The transformer is one of the model's own type, as it was when it was trained.</summary>
    public static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        object model = ctx.LoadModel<object>(env, PredictionTransformer.ModelFolder);
        return model switch
        {
            MaximumEntropyModelParameters maximumEntropy => new MulticlassPredictionTransformer<MaximumEntropyModelParameters>(env, ctx, maximumEntropy),
            _ => throw Contracts.ExceptDecode($"The model predicts classes with a {model.GetType().Name}, which gives no scores of classes."),
        };
    }
}
