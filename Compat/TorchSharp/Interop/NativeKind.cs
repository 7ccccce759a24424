namespace TorchSharp.Interop;

/// <summary>What a <see cref="NativeValue"/> holds; the same list as in native/shim.h.</summary>
internal enum NativeKind
{
    None,
    Tensor,
    TensorList,
    OptionalTensorList,
    Int,
    IntList,
    Double,
    DoubleList,
    Bool,
    String,
    Generator,
    Device,
}
