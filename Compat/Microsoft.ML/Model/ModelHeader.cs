using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// The first 256 bytes of every stored model. The model follows, then a table of the strings that it refers to by number
/// (end offsets, then UTF-16 characters), the name of the loader's assembly, and a tail signature.
/// All positions count from the first byte of the header; all numbers are little-endian.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Size)]
internal unsafe struct ModelHeader
{
    public const int Size = 256;
    public const ulong SignatureValue = 0x4C45444F4D004C4D; // "ML\0MODEL"
    public const ulong TailSignatureValue = 0x4D4C004D4F44454C; // the same, backwards
    public const uint Version = 0x00010002;

    private const int LoaderSignatureLength = 24;

    public ulong Signature;
    public uint VerWritten;
    public uint VerReadable;
    public long FpModel;
    public long CbModel;
    public long FpStringTable;
    public long CbStringTable;
    public long FpStringChars;
    public long CbStringChars;
    public ulong ModelSignature;
    public uint ModelVerWritten;
    public uint ModelVerReadable;
    public fixed byte LoaderSignature[LoaderSignatureLength];
    public fixed byte LoaderSignatureAlt[LoaderSignatureLength];
    public long FpTail;
    public long FpLim;
    public long FpAssemblyName;
    public uint CbAssemblyName;

    public static ModelHeader Read(ReadOnlySpan<byte> bytes)
    {
        Contracts.CheckDecode(bytes.Length >= Size);
        return MemoryMarshal.Read<ModelHeader>(bytes);
    }

    public readonly void Write(BinaryWriter writer) =>
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<ModelHeader>(in this)));

    public void SetVersionInfo(VersionInfo info)
    {
        ModelSignature = info.ModelSignature;
        ModelVerWritten = info.VerWrittenCur;
        ModelVerReadable = info.VerReadableCur;
        fixed (byte* signature = LoaderSignature)
            Encoding.Latin1.GetBytes(info.LoaderSignature ?? "", new Span<byte>(signature, LoaderSignatureLength));
        fixed (byte* signature = LoaderSignatureAlt)
            Encoding.Latin1.GetBytes(info.LoaderSignatureAlt ?? "", new Span<byte>(signature, LoaderSignatureLength));
    }

    public readonly string GetLoaderSignature()
    {
        fixed (byte* signature = LoaderSignature)
            return Encoding.Latin1.GetString(signature, LoaderSignatureLength).TrimEnd('\0');
    }

    public readonly void CheckVersionInfo(VersionInfo info)
    {
        Contracts.CheckDecode(ModelSignature == info.ModelSignature, "Unknown file type");
        Contracts.CheckDecode(ModelVerReadable <= ModelVerWritten, "Corrupt file header");
        Contracts.CheckDecode(ModelVerReadable <= info.VerWrittenCur,
            $"Component '{info.LoaderSignature}' of the model is too new: expected version {info.VerWrittenCur:x8} at most, got {ModelVerReadable:x8}.");
        Contracts.CheckDecode(ModelVerWritten >= info.VerWeCanReadBack,
            $"Component '{info.LoaderSignature}' of the model is too old: expected version {info.VerWeCanReadBack:x8} at least, got {ModelVerWritten:x8}.");
    }

    /// <summary>Demands that the parts follow one another without a gap and end within <paramref name="available"/> bytes.</summary>
    public readonly void Validate(long available)
    {
        Contracts.CheckDecode(Signature == SignatureValue, "Wrong file type");
        Contracts.CheckDecode(VerReadable <= VerWritten, "Corrupt file header");
        Contracts.CheckDecode(VerReadable <= Version, "File is too new");
        Contracts.CheckDecode(FpLim <= available && FpTail == FpLim - sizeof(ulong));
        long position = Size;
        CheckPart(ref position, FpModel, CbModel);
        CheckOptionalPart(ref position, FpStringTable, CbStringTable);
        CheckOptionalPart(ref position, FpStringChars, CbStringChars);
        CheckOptionalPart(ref position, FpAssemblyName, CbAssemblyName);
        Contracts.CheckDecode(CbStringTable % sizeof(long) == 0 && CbStringChars % sizeof(char) == 0);
        Contracts.CheckDecode(position == FpTail);
    }

    private readonly void CheckOptionalPart(ref long position, long start, long length)
    {
        if (start != 0)
            CheckPart(ref position, start, length);
        else
            Contracts.CheckDecode(length == 0);
    }

    private readonly void CheckPart(ref long position, long start, long length)
    {
        Contracts.CheckDecode(start == position && length >= 0 && length <= FpTail - start);
        position += length;
    }
}
