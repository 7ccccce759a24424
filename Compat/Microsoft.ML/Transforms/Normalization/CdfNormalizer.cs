namespace Microsoft.ML.Transforms;

/// <summary>How a normalizer by probability is stored.</summary>
internal static class CdfNormalizer
{
    public const string LoaderSignature = "CdfNormalizeFunction";

    public static readonly VersionInfo Version = new(
        modelSignature: "CDFNORMF",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);
}
