using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules in a list, each registered under its place there when the list is registered.</summary>
public class ModuleList<T> : nn.Module, IEnumerable<T>
    where T : nn.Module
{
    private readonly List<T> _list;
    private bool _registered;

    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => _list = [.. modules];

    public int Count => _list.Count;

    public T this[int index]
    {
        get => _list[index];
        set => _list[index] = value;
    }

    public void Add(T item) => _list.Add(item);

    public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override void RegisterComponents()
    {
        for (int i = 0; i < _list.Count && !_registered; i++)
        {
            register_module(i.ToString(CultureInfo.InvariantCulture), _list[i]);
        }

        _registered = true;
    }
}
