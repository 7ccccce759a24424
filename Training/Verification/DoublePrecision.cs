using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// A network computed in 64-bit floats, where rounding is a billionth of what it is in 32 bits: it tells a graph that is wrong
/// from one that only adds in another order. Weights are converted there and back, which is exact; they are other objects then.
/// </summary>
internal static class DoublePrecision
{
    /// <summary>The output's numbers, row-major; null where the network can't be computed so.</summary>
    /// <param name="network">The network whose weights are converted, in evaluation mode.</param>
    /// <param name="reference">What is computed with it.</param>
    /// <param name="inputs">In 32-bit floats, or indices; not changed.</param>
    public static double[]? Compute(Module network, Func<IReadOnlyList<Tensor>, Tensor> reference, IReadOnlyList<Tensor> inputs)
    {
        if (!IsConvertible(network))
        {
            return null;
        }

        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        bool isConverted = false;
        try
        {
            network.to(ScalarType.Float64);
            isConverted = true;
            Tensor output = reference([.. inputs.Select(Widen)]);
            return output.dtype == ScalarType.Float64 ? output.contiguous().data<double>().ToArray() : null;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            return null; // somebody's module that only knows 32-bit numbers; how it says so is its own affair
        }
        finally
        {
            Restore(network, isConverted);
        }
    }

    // What can't be converted whole, such as a ModuleDict of TorchSharp 0.107.0, fails in both directions, and at the same place.
    private static void Restore(Module network, bool isConverted)
    {
        try
        {
            network.to(ScalarType.Float32);
        }
        catch (Exception exception) when (!isConverted && exception is not OutOfMemoryException)
        {
        }
    }

    // A copy in any case: modules may work in place.
    private static Tensor Widen(Tensor input) => input.dtype == ScalarType.Float32 ? input.to(ScalarType.Float64) : input.clone();

    // Converting tears shared weights apart, and takes numbers of another precision for 32-bit ones on the way back.
    private static bool IsConvertible(Module network)
    {
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        return network.modules().Prepend(network).Distinct()
            .SelectMany(module => module.parameters(recurse: false).Concat(module.buffers(recurse: false)))
            .All(values => seen.Add(values) && values.dtype is ScalarType.Float32 or ScalarType.Byte or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool);
    }
}
