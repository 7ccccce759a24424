using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in the order in which they were added; registered when the dictionary is registered.</summary>
public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)>
    where T : nn.Module
{
    private readonly OrderedDictionary<string, T> _modules;
    private bool _registered;

    internal ModuleDict(IEnumerable<(string Name, T Module)> modules) : base(nameof(ModuleDict<T>)) =>
        _modules = new(modules.Select(entry => KeyValuePair.Create(entry.Name, entry.Module)));

    public T this[string key]
    {
        get => _modules[key];
        set => _modules[key] = _modules.ContainsKey(key) ? value : throw new ArgumentOutOfRangeException(nameof(key));
    }

    public IEnumerator<(string, T)> GetEnumerator() => _modules.Select(entry => (entry.Key, entry.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override void RegisterComponents()
    {
        foreach (var (name, module) in _registered ? [] : _modules)
        {
            register_module(name, module);
        }

        _registered = true;
    }
}
