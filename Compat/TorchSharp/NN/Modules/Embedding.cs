using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A row of a table for each whole number.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    internal Embedding(long num_embeddings, long embedding_dims, Device? device, ScalarType? dtype) : base(nameof(Embedding)) =>
        weight = new Parameter(nn.init.normal_(empty(num_embeddings, embedding_dims, dtype, device)));

    /// <summary>[num_embeddings, embedding_dims]</summary>
    public Parameter weight
    {
        get => FindParameter(nameof(weight))!;
        set => ReplaceParameter(nameof(weight), value);
    }

    public override Tensor forward(Tensor input) => Op.embedding.Call(weight, input);
}
