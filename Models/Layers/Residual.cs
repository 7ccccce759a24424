using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// A module with its input added to its output, y = body(x) + x (He et al., 2015, arXiv:1512.03385); where the body changes
/// the shape, a shortcut brings the input into it, y = body(x) + shortcut(x).
/// </summary>
public sealed class Residual : Module<Tensor, Tensor>
{
    /// <summary>Registers the modules as <c>body</c> and <c>shortcut</c>.</summary>
    /// <param name="body">What the input is added to.</param>
    /// <param name="shortcut">Gives the body's output shape, a 1x1 convolution for example; null for the input itself.</param>
    public Residual(Module<Tensor, Tensor> body, Module<Tensor, Tensor>? shortcut = null)
        : base(nameof(Residual))
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = body;
        Shortcut = shortcut;
        register_module("body", body);
        if (shortcut is not null)
        {
            register_module("shortcut", shortcut);
        }
    }

    /// <summary>What the input is added to.</summary>
    public Module<Tensor, Tensor> Body { get; }

    /// <summary>What is done to the input before; null for nothing.</summary>
    public Module<Tensor, Tensor>? Shortcut { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Body.call(input) + (Shortcut?.call(input) ?? input);
}
