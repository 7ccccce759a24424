using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of native/*.cpp. Those that return a pointer named error return null, or a text.</summary>
internal static unsafe partial class Native
{
    public const string Library = "onnxae_torch";

    static Native() => NativeLoader.Register();

    /// <summary>Throws what the original throws for an error inside libtorch.</summary>
    public static void Check(byte* error)
    {
        if (error != null)
        {
            throw new ExternalException(Marshal.PtrToStringUTF8((nint)error));
        }
    }

    [LibraryImport(Library, EntryPoint = "onnxae_find_operator", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* FindOperator(string name, string overload, out nint found);

    [LibraryImport(Library, EntryPoint = "onnxae_call")]
    public static partial byte* Call(nint op, NativeValue* arguments, int argumentCount, NativeValue* results, int capacity, out int resultCount);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_free")]
    public static partial void TensorFree(nint handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_alias")]
    public static partial nint TensorAlias(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_dim")]
    public static partial long TensorDim(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_numel")]
    public static partial long TensorNumel(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_dtype")]
    public static partial int TensorDtype(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_element_size")]
    public static partial long TensorElementSize(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_device")]
    public static partial int TensorDevice(TensorHandle handle, out int index);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_is_contiguous")]
    public static partial int TensorIsContiguous(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_layout")]
    public static partial byte* TensorLayout(TensorHandle handle, long[] sizes, long[] strides);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_data")]
    public static partial byte* TensorData(TensorHandle handle, out nint data);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_is_leaf")]
    public static partial int TensorIsLeaf(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_requires_grad")]
    public static partial int TensorRequiresGrad(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_set_requires_grad")]
    public static partial byte* TensorSetRequiresGrad(TensorHandle handle, int value);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_grad")]
    public static partial nint TensorGrad(TensorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_set_grad")]
    public static partial byte* TensorSetGrad(TensorHandle handle, nint grad);

    [LibraryImport(Library, EntryPoint = "onnxae_tensor_backward")]
    public static partial byte* TensorBackward(TensorHandle handle, nint gradient, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library, EntryPoint = "onnxae_grad")]
    public static partial byte* Grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* grads, int gradCount, int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library, EntryPoint = "onnxae_grad_enabled")]
    public static partial int GradEnabled();

    [LibraryImport(Library, EntryPoint = "onnxae_set_grad_enabled")]
    public static partial void SetGradEnabled(int value);

    [LibraryImport(Library, EntryPoint = "onnxae_manual_seed")]
    public static partial byte* ManualSeed(long seed);

    [LibraryImport(Library, EntryPoint = "onnxae_generator_default")]
    public static partial nint GeneratorDefault();

    [LibraryImport(Library, EntryPoint = "onnxae_generator_new")]
    public static partial nint GeneratorNew(ulong seed);

    [LibraryImport(Library, EntryPoint = "onnxae_generator_free")]
    public static partial void GeneratorFree(nint handle);

    [LibraryImport(Library, EntryPoint = "onnxae_generator_seed")]
    public static partial byte* GeneratorSeed(GeneratorHandle handle, long seed);

    [LibraryImport(Library, EntryPoint = "onnxae_generator_initial_seed")]
    public static partial long GeneratorInitialSeed(GeneratorHandle handle);

    [LibraryImport(Library, EntryPoint = "onnxae_generator_state")]
    public static partial byte* GeneratorState(GeneratorHandle handle, out nint state);

    [LibraryImport(Library, EntryPoint = "onnxae_generator_set_state")]
    public static partial byte* GeneratorSetState(GeneratorHandle handle, TensorHandle state);

    [LibraryImport(Library, EntryPoint = "onnxae_version")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "onnxae_get_num_threads")]
    public static partial int GetNumThreads();

    [LibraryImport(Library, EntryPoint = "onnxae_set_num_threads")]
    public static partial byte* SetNumThreads(int threads);
}
