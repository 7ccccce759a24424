using OnnxAE.Models;
using OnnxAE.Training.Emitters;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Which modules can be exported, and by whom. A new kind of module is an emitter and a line here.</summary>
internal sealed class ModuleEmitters
{
    private readonly Dictionary<Type, IModuleEmitter> byType = new()
    {
        [typeof(Autoencoder)] = new ChainEmitter(),
        [typeof(EncoderClassifier)] = new ChainEmitter(),
        [typeof(Sequential)] = new ChainEmitter(),
        [typeof(Linear)] = new LinearEmitter(),
        [typeof(ReLU)] = new ElementwiseEmitter("Relu"),
        [typeof(Sigmoid)] = new ElementwiseEmitter("Sigmoid"),
        [typeof(Tanh)] = new ElementwiseEmitter("Tanh"),
        [typeof(Softmax)] = new SoftmaxEmitter(),
        [typeof(Flatten)] = new FlattenEmitter(),
        [typeof(Identity)] = new PassThroughEmitter(),
        [typeof(Dropout)] = new PassThroughEmitter(), // does nothing outside training
    };

    /// <summary>Writes a module behind a value and returns the module's output.</summary>
    /// <param name="graph">Where to write.</param>
    /// <param name="module">The module.</param>
    /// <param name="path">Its place in the network, such as <c>encoder/dense1</c>; empty for the root.</param>
    /// <param name="input">What it is applied to.</param>
    /// <exception cref="OnnxExportException">No emitter knows the module, or its emitter can't write it.</exception>
    public GraphValue Emit(GraphBuilder graph, Module module, string path, GraphValue input)
    {
        // A network of the user's own derives from a known kind, so base types are looked up too.
        for (Type? type = module.GetType(); type is not null; type = type.BaseType)
        {
            if (byType.TryGetValue(type, out IModuleEmitter? emitter))
            {
                return emitter.Emit(new EmitContext(graph, this), module, path, input);
            }
        }

        string known = string.Join(", ", byType.Keys.Select(t => t.Name).Order(StringComparer.Ordinal));
        throw new OnnxExportException(
            $"The module '{EmitContext.Shown(path)}' is a {module.GetType().Name}, which can't be exported to ONNX. Build the network from {known}, or add an emitter for it.");
    }
}
