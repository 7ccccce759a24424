namespace Microsoft.ML;

/// <summary>What a stored model says of itself: eight characters of kind, versions, and who loads it.</summary>
internal readonly struct VersionInfo
{
    public VersionInfo(string modelSignature, uint verWrittenCur, uint verReadableCur, uint verWeCanReadBack, string loaderAssemblyName, string loaderSignature = null, string loaderSignatureAlt = null)
    {
        ModelSignature = BitConverter.ToUInt64(System.Text.Encoding.Latin1.GetBytes(modelSignature.Replace(' ', '\0')));
        VerWrittenCur = verWrittenCur;
        VerReadableCur = verReadableCur;
        VerWeCanReadBack = verWeCanReadBack;
        LoaderAssemblyName = loaderAssemblyName;
        LoaderSignature = loaderSignature;
        LoaderSignatureAlt = loaderSignatureAlt;
    }

    public ulong ModelSignature { get; }

    public uint VerWrittenCur { get; }

    public uint VerReadableCur { get; }

    public uint VerWeCanReadBack { get; }

    public string LoaderAssemblyName { get; }

    public string LoaderSignature { get; }

    /// <summary>A former loader signature, which older readers look for.</summary>
    public string LoaderSignatureAlt { get; }
}
