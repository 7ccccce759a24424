using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after the other.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    // Not registered as submodules: the fields of a step are left alone, as in the original.
    private readonly List<(string Name, nn.Module<Tensor, Tensor> Module)> _steps = [];

    protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
        {
            append(name, module);
        }
    }

    internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules)
        {
            append(module);
        }
    }

    public int Count => _steps.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => _steps[index].Module;

    public override IEnumerable<(string name, nn.Module module)> named_children() => _steps.Select(step => (step.Name, (nn.Module)step.Module));

    internal Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        _steps.Add((name, (nn.Module<Tensor, Tensor>)module));
        return this;
    }

    internal Sequential append(nn.IModule<Tensor, Tensor> module) =>
        append(_steps.Count.ToString(CultureInfo.InvariantCulture), module);

    public override Tensor forward(Tensor tensor)
    {
        if (_steps.Count == 0)
        {
            return tensor.alias();
        }

        var result = _steps[0].Module.call(tensor);
        foreach (var (_, step) in _steps.Skip(1))
        {
            var next = step.call(result);
            result.Dispose();
            result = next;
        }

        return result;
    }
}
