using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Keeps what every module inside a network gives when it is called, under the name that the exporter gives that value.</summary>
internal sealed class ModuleRecorder : IDisposable
{
    private readonly List<Action> removals = [];
    private readonly Dictionary<string, Tensor> outputs = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="modules">The modules by their paths in the graph.</param>
    public ModuleRecorder(IEnumerable<(string Path, Module Module)> modules)
    {
        // Of a module that is in the network under two paths, nobody knows which of them it is called by.
        foreach ((string path, Module module) in modules.GroupBy(entry => entry.Module).Where(paths => paths.Count() == 1).Select(paths => paths.Single()))
        {
            if (module is Module<Tensor, Tensor> called && path.Length > 0)
            {
                var remover = called.register_forward_hook((_, _, output) => Keep(path, output));
                removals.Add(remover.remove);
            }
        }
    }

    /// <summary>What was given, by the value's name in the graph.</summary>
    public IReadOnlyDictionary<string, Tensor> Outputs => outputs;

    /// <summary>Stops listening and lets go of the tensors.</summary>
    public void Dispose()
    {
        removals.ForEach(remove => remove());
        foreach (Tensor output in outputs.Values)
        {
            output.Dispose();
        }
    }

    // A copy: a module behind this one may work in place. A module that is called again gets a number, as in the graph.
    private Tensor Keep(string path, Tensor output)
    {
        string name = path;
        for (int i = 2; outputs.ContainsKey(name); i++)
        {
            name = $"{path}_{i}";
        }

        outputs.Add(name, output.detach().clone().DetachFromDisposeScope());
        return output;
    }
}
