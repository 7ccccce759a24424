using Microsoft.ML;
using Microsoft.ML.Data;
using DataType = OnnxAE.Inference.TensorProto.Types.DataType;

namespace OnnxAE.Inference;

/// <summary>A type of value that tensors and columns have in common.</summary>
/// <param name="OnnxType">What ONNX calls it.</param>
/// <param name="ColumnType">What ML.NET calls it.</param>
/// <param name="Size">Bytes of one value.</param>
/// <param name="CreateBuffer">Makes a tensor of a number of rows.</param>
/// <param name="CreateFeed">Makes a reader of a column into such a tensor.</param>
/// <param name="CreateGetter">Makes a getter of the column that an output is, by its number and size of a row.</param>
internal sealed record TensorElement(
    DataType OnnxType,
    PrimitiveDataViewType ColumnType,
    int Size,
    Func<TensorSpec, int, TensorBuffer> CreateBuffer,
    Func<InputSource, InputFeed> CreateFeed,
    Func<RowLocator, int, int, Delegate> CreateGetter)
{
    private static readonly TensorElement[] All =
    [
        Of<float>(DataType.Float, NumberDataViewType.Single),
        Of<double>(DataType.Double, NumberDataViewType.Double),
        Of<sbyte>(DataType.Int8, NumberDataViewType.SByte),
        Of<byte>(DataType.Uint8, NumberDataViewType.Byte),
        Of<short>(DataType.Int16, NumberDataViewType.Int16),
        Of<ushort>(DataType.Uint16, NumberDataViewType.UInt16),
        Of<int>(DataType.Int32, NumberDataViewType.Int32),
        Of<uint>(DataType.Uint32, NumberDataViewType.UInt32),
        Of<long>(DataType.Int64, NumberDataViewType.Int64),
        Of<ulong>(DataType.Uint64, NumberDataViewType.UInt64),
        Of<bool>(DataType.Bool, BooleanDataViewType.Instance),
    ];

    /// <summary>All types, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(e => e.OnnxType.ToString().ToUpperInvariant()));

    /// <summary>The type of a tensor; null where columns have none like it.</summary>
    public static TensorElement? Find(int onnxType) => Array.Find(All, e => (int)e.OnnxType == onnxType);

    private static unsafe TensorElement Of<T>(DataType onnxType, PrimitiveDataViewType columnType)
        where T : unmanaged
        => new(
            onnxType,
            columnType,
            sizeof(T),
            (tensor, rows) => new TensorBuffer<T>(tensor, rows),
            source => new InputFeed<T>(source),
            GetterOf<T>);

    private static ValueGetter<VBuffer<T>> GetterOf<T>(RowLocator locate, int output, int size)
        where T : unmanaged
        => (ref VBuffer<T> value) =>
        {
            BatchScorer tensors = locate(out int row);
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, size);
            tensors.GetOutput<T>(output)[row].CopyTo(editor.Values);
            value = editor.Commit();
        };
}
