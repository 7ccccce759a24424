namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. It takes the given tensor over: that one is invalid afterwards.</summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.requires_grad_(requires_grad).MoveHandle(), register: false) =>
        data.OwningDisposeScope?.Replace(data, this);
}
