using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Writes one kind of module as ONNX nodes.</summary>
internal interface IModuleEmitter
{
    /// <summary>Writes the module behind a value.</summary>
    /// <param name="context">Where to write.</param>
    /// <param name="module">The module.</param>
    /// <param name="path">Its place in the network; the names of its nodes and weights start with it.</param>
    /// <param name="input">What it is applied to.</param>
    /// <returns>The module's output.</returns>
    GraphValue Emit(EmitContext context, Module module, string path, GraphValue input);
}
