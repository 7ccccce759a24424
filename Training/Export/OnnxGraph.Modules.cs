using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

public sealed partial class OnnxGraph
{
    private readonly Dictionary<string, string> _storage = []; // of views: the value whose numbers they share
    private readonly Dictionary<string, string> _overwritten = []; // by which module
    private ModulePlace _module = new("", null);

    /// <summary>Writes a module inside the one being written.</summary>
    /// <param name="name">Its name there, as in <c>named_children()</c>; for a module of a list <c>blocks.0</c>.</param>
    /// <param name="child">The module; its evaluation-mode behaviour is written.</param>
    /// <param name="input">What it is applied to.</param>
    /// <returns>The module's output.</returns>
    /// <exception cref="OnnxExportException">Nothing is known of such modules, or this one can't be written.</exception>
    public OnnxValue Call(string name, Module child, OnnxValue input)
    {
        ModulePlace outer = _module;
        _module = new ModulePlace(outer.Join(name), child);
        int first = _graph.Node.Count;
        OnnxValue output = _options.Modules.Write(child, this, input);
        NameAfterModule(output, first);
        if (output != input && WorksInPlace(child))
        {
            _overwritten.TryAdd(Storage(input), _module.Shown);
        }

        _module = outer;
        return output;
    }

    /// <summary>An exception about the module being written: <c>The module 'encoder.3' (Conv2d) …</c></summary>
    /// <param name="reason">What is wrong with it and what to do, as the rest of a sentence, with its full stop.</param>
    public OnnxExportException Error(string reason) => new($"The module '{_module.Shown}' ({_module.TypeName}) {reason}");

    /// <summary>Refuses with a sentence what the condition excludes.</summary>
    internal void Require([DoesNotReturnIf(false)] bool condition, string reason)
    {
        if (!condition)
        {
            throw Error(reason);
        }
    }

    /// <summary>Says that a value shares its numbers with another, as a reshaped tensor does in TorchSharp.</summary>
    internal OnnxValue AsView(OnnxValue view, OnnxValue of)
    {
        _storage[view.Name] = Storage(of);
        return view;
    }

    // A module that works in place overwrites its input; whatever used that input later would find other numbers in
    // TorchSharp than in the graph.
    private void RequireIntact(IEnumerable<OnnxValue?> inputs)
    {
        foreach (OnnxValue input in inputs.OfType<OnnxValue>())
        {
            Require(
                !_overwritten.TryGetValue(Storage(input), out string? by),
                $"uses a value that the module '{by}' overwrites before: build that one with inplace: false.");
        }
    }

    private string Storage(OnnxValue value) => _storage.GetValueOrDefault(value.Name, value.Name);

    private static bool WorksInPlace(Module child) => child switch
    {
        CELU m => m.inplace,
        ELU m => m.inplace,
        GELU m => m.inplace,
        Hardsigmoid m => m.inplace,
        Hardswish m => m.inplace,
        Hardtanh m => m.inplace,
        LeakyReLU m => m.inplace,
        Mish m => m.inplace,
        ReLU m => m.inplace,
        ReLU6 m => m.inplace,
        RReLU m => m.inplace,
        SELU m => m.inplace,
        SiLU m => m.inplace,
        Sigmoid m => m.inplace,
        Softsign m => m.inplace,
        Tanh m => m.inplace,
        Tanhshrink m => m.inplace,
        Threshold m => m.inplace,
        _ => false,
    };

    private string InModule(string name) => _module.Path.Length == 0 ? name : $"{_module.Path}/{name}";

    // The innermost module names its output: a Sequential's is that of its last module.
    private void NameAfterModule(OnnxValue output, int firstNode)
    {
        if (_module.Path.Length > 0 && !_finalNames.ContainsKey(output.Name) && _graph.Node.Skip(firstNode).Any(node => node.Output[0] == output.Name))
        {
            _finalNames.Add(output.Name, Unique(_module.Path));
        }
    }

    /// <summary>A module and where it is.</summary>
    private sealed record ModulePlace(string Path, Module? Module)
    {
        public string Shown => Path.Length == 0 ? "(root)" : Path;

        public string TypeName => Module is null ? "none" : OnnxModules.NameOf(Module.GetType());

        public string Description => Module is null ? "" : $"{Shown}: {TypeName}";

        public string Join(string name) => Path.Length == 0 ? name : name.Length == 0 ? Path : $"{Path}.{name}";
    }
}
