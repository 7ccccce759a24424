using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>What an emitter writes with.</summary>
/// <param name="Graph">The graph being written.</param>
/// <param name="Emitters">For modules inside modules.</param>
internal sealed record EmitContext(GraphBuilder Graph, ModuleEmitters Emitters)
{
    /// <summary>Writes a module inside another.</summary>
    public GraphValue Emit(Module module, string path, GraphValue input) => Emitters.Emit(Graph, module, path, input);

    /// <summary>A path as it reads in messages.</summary>
    public static string Shown(string path) => path.Length == 0 ? "(root)" : path;

    /// <summary>The name of a module's node: its path, or for a module that is the whole network, its operator.</summary>
    public static string NodeName(string path, string operatorType) => path.Length == 0 ? operatorType : path;

    /// <summary>The path of a part of a module.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
}
