using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public sealed class MaximumEntropyModelParameters : LinearMulticlassModelParametersBase
{
    internal const string LoaderSignature = "MultiClassLRExec";

    private static readonly VersionInfo Version = new(
        modelSignature: "MULTI LR",
        verWrittenCur: 0x00010003,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.StandardTrainers);

    internal MaximumEntropyModelParameters(float[] parameters, int classCount, int featureCount, string[] labelNames)
        : base(parameters, classCount, featureCount, labelNames)
    {
    }

    private MaximumEntropyModelParameters(ModelLoadContext ctx)
        : base(ctx)
    {
    }

    internal static MaximumEntropyModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new MaximumEntropyModelParameters(ctx);
    }

    private protected override VersionInfo GetVersionInfo() => Version;

    private protected override void Calibrate(Span<float> scores)
    {
        float logNormalizer = LogSumExp.Of(scores);
        foreach (ref float score in scores)
            score = (float)Math.Exp(score - logNormalizer);
    }
}
