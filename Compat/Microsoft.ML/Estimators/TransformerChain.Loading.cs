using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How a chain of transformers is stored: its length, then a scope and a sub-model for each.</summary>
internal static class TransformerChain
{
    public const string LoaderSignature = "TransformerChain";

    private const int MostTransformers = 1000; // three digits in the directory names

    public static VersionInfo GetVersionInfo() => new(
        modelSignature: "XF CHAIN",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);

    public static string GetDirectory(int index) => string.Create(CultureInfo.InvariantCulture, $"Transform_{index:000}");

    public static TransformerChain<ITransformer> Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckVersionInfo(GetVersionInfo());
        int length = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(length is >= 0 and < MostTransformers);
        var transformers = new ITransformer[length];
        var scopes = new TransformerScope[length];
        for (int i = 0; i < length; i++)
        {
            scopes[i] = (TransformerScope)ctx.Reader.ReadInt32();
            transformers[i] = ctx.LoadModel<ITransformer>(env, GetDirectory(i));
        }
        return new TransformerChain<ITransformer>(transformers, scopes);
    }
}
