using System.Runtime.InteropServices;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType; // its namespace has a Tensor of its own

namespace OnnxAE.Training;

/// <summary>Runs inputs through a graph and through TorchSharp, and keeps what differs.</summary>
/// <param name="path">The graph's file.</param>
/// <param name="runner">The graph.</param>
/// <param name="reference">What the graph should compute.</param>
/// <param name="options">What to compare.</param>
internal sealed class GraphComparison(string path, GraphRunner runner, Func<IReadOnlyList<Tensor>, Tensor> reference, VerificationOptions options)
{
    private readonly List<VerificationCase> cases = [];
    private GraphOutput? last;

    /// <summary>An input that failed, to look further into; belongs to whoever takes it. Null if none did.</summary>
    public (string Name, IReadOnlyList<Tensor> Inputs)? Failed { get; private set; }

    /// <summary>Compares everything that the options name.</summary>
    /// <param name="count">Real rows there are; at least one.</param>
    /// <param name="load">Gives some of them: first row and how many; one tensor an input. The caller disposes nothing.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public IReadOnlyList<VerificationCase> Run(int count, Func<int, int, IReadOnlyList<Tensor>> load, CancellationToken cancellationToken)
    {
        foreach (int size in options.BatchSizes.Where(size => size <= count))
        {
            using var scope = NewDisposeScope();
            Compare($"rows of {size}", 1, [load(0, size)]);
        }

        Compare("all rows", 1, Batches(count, load, cancellationToken));
        if (options.EdgeInputs)
        {
            using var scope = NewDisposeScope();
            foreach (var (name, scale, inputs) in EdgeInputs.Of(load(0, 1)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compare(name, scale, [inputs]);
            }
        }

        return cases;
    }

    private IEnumerable<IReadOnlyList<Tensor>> Batches(int count, Func<int, int, IReadOnlyList<Tensor>> load, CancellationToken cancellationToken)
    {
        for (int start = 0; start < count; start += options.AllRowsBatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            yield return load(start, Math.Min(options.AllRowsBatchSize, count - start));
        }
    }

    private void Compare(string name, double scale, IEnumerable<IReadOnlyList<Tensor>> batches)
    {
        var meter = new CaseMeter(name, scale);
        foreach (IReadOnlyList<Tensor> inputs in batches)
        {
            CompareBatch(meter, inputs);
            if (Failed is null && !meter.ToCase("", [], "").Passed)
            {
                Failed = (name, [.. inputs.Select(input => input.clone().DetachFromDisposeScope())]);
            }
        }

        cases.Add(meter.ToCase(last!.Name, last.Shape, $"{last.ElementType}"));
    }

    private void CompareBatch(CaseMeter meter, IReadOnlyList<Tensor> inputs)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        last = runner.Run(inputs)[0]; // first: a module that works in place changes its input
        Tensor output = reference([.. inputs.Select(input => input.clone())]).contiguous();
        if (last.ElementType != TensorElementType.Float || output.dtype != ScalarType.Float32)
        {
            throw new InvalidDataException($"'{path}' gives numbers of type {last.ElementType}, the network {output.dtype}; expected 32-bit floats of both.");
        }

        if (!last.Shape.SequenceEqual(output.shape))
        {
            throw new InvalidDataException(
                $"'{path}' gives an output of shape [{string.Join(", ", last.Shape)}], the network one of [{string.Join(", ", output.shape)}]. Export the network again.");
        }

        meter.Add(last.Values, MemoryMarshal.Cast<byte, float>(output.bytes), (int)output.shape[0]);
    }
}
