using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>Ends what transformers hold that nobody will see: sessions of ONNX Runtime would stay until the garbage collector comes by.</summary>
internal static class TransformerParts
{
    /// <summary>
    /// Disposes of an earlier fit what a later one of the same estimator is not made of. An estimator may return one object every
    /// time, by itself or in a chain.
    /// </summary>
    public static void DisposeUnused(ITransformer earlier, ITransformer later)
    {
        HashSet<ITransformer> used = new(Of(later), ReferenceEqualityComparer.Instance);
        foreach (ITransformer part in Of(earlier).Where(part => !used.Contains(part)))
            (part as IDisposable)?.Dispose();
    }

    /// <summary>What a trainer made, behind what may be one object every time.</summary>
    public static ITransformer LastOf(ITransformer transformer) => Of(transformer).Last();

    private static IEnumerable<ITransformer> Of(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Of) : [transformer];
}
