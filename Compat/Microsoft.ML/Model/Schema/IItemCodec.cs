namespace Microsoft.ML;

/// <summary>How ML.NET's binary files hold a run of values of one primitive type.</summary>
internal interface IItemCodec<T>
{
    void Write(BinaryWriter writer, ReadOnlySpan<T> items);

    T[] Read(BinaryReader reader, int count);
}
