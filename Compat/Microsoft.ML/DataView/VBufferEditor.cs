namespace Microsoft.ML.Data;

public static class VBufferEditor
{
    internal static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) =>
        destination.GetEditor(destination.Length, destination.GetValues().Length);

    public static VBufferEditor<T> Create<T>(
        scoped ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false) =>
        destination.GetEditor(newLogicalLength, valuesCount, maxValuesCapacity, keepOldOnResize, requireIndicesOnDense);
}
