namespace Microsoft.ML.Transforms;

/// <summary>How an affine normalizer is stored.</summary>
internal static class AffineNormalizer
{
    public const string LoaderSignature = "AffineNormExec";

    /// <summary>Stands for the list of the slots when all of them are meant.</summary>
    public const int AllSlots = -1;

    public static readonly VersionInfo Version = new(
        modelSignature: "AFF NORM",
        verWrittenCur: 0x00010003,
        verReadableCur: 0x00010003,
        verWeCanReadBack: 0x00010003,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: AssemblyNames.Data);
}
