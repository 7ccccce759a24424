using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Runs a model once for each row of one cursor, however many of its outputs are read.</summary>
internal sealed class OnnxRowScorer(OnnxModel model, DataViewRow row, string[] inputNames, OnnxFeed[] feeds, string[] outputNames) : IDisposable
{
    private long _position = -2; // none yet, not even that before the first row
    private IDisposableReadOnlyCollection<OrtValue> _results;

    /// <summary>A ValueGetter of the output's own type.</summary>
    public Delegate GetGetter(string outputName)
    {
        int index = Array.IndexOf(outputNames, outputName);
        DataViewType type = model.GetOutput(outputName).Type;
        if (type is not VectorDataViewType)
            throw new NotSupportedException($"The output '{outputName}' of the ONNX model is a tensor without dimensions, which is not supported here.");
        if (type.GetItemType() is TextDataViewType)
            return (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) => ReadText(index, ref value));
        return GenericCall.Invoke<Delegate>(GetNumbers<int>, type.GetItemType().RawType, index);
    }

    public void Dispose()
    {
        _results?.Dispose();
        foreach (OnnxFeed feed in feeds)
            feed.Dispose();
    }

    private ValueGetter<VBuffer<T>> GetNumbers<T>(int index)
        where T : unmanaged => (ref VBuffer<T> value) =>
    {
        ReadOnlySpan<T> source = Run()[index].GetTensorDataAsSpan<T>();
        VBufferEditor<T> editor = VBufferEditor.Create(ref value, source.Length);
        source.CopyTo(editor.Values);
        value = editor.Commit();
    };

    private void ReadText(int index, ref VBuffer<ReadOnlyMemory<char>> value)
    {
        string[] source = Run()[index].GetStringTensorAsArray();
        VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, source.Length);
        for (int i = 0; i < source.Length; i++)
            editor.Values[i] = source[i].AsMemory();
        value = editor.Commit();
    }

    private IDisposableReadOnlyCollection<OrtValue> Run()
    {
        if (_position == row.Position)
            return _results;
        OrtValue[] inputs = Array.ConvertAll(feeds, feed => feed.Read());
        _results?.Dispose();
        _results = model.Run(inputNames, inputs, outputNames);
        _position = row.Position;
        return _results;
    }
}
