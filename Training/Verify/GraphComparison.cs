using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType; // its namespace has a Tensor of its own

namespace OnnxAE.Training;

/// <summary>Runs inputs through a graph and through TorchSharp, and keeps what differs.</summary>
/// <param name="path">The graph's file.</param>
/// <param name="runner">The graph.</param>
/// <param name="network">The network that computes the reference.</param>
/// <param name="reference">What the graph should compute.</param>
/// <param name="options">What to compare.</param>
internal sealed class GraphComparison(
    string path, GraphRunner runner, Module network, Func<IReadOnlyList<Tensor>, Tensor> reference, VerificationOptions options) : IDisposable
{
    private readonly List<VerificationCase> cases = [];
    private readonly Dictionary<string, IReadOnlyList<Tensor>> suspects = []; // of every case beyond the gate, the worst batch
    private GraphOutput? last;

    /// <summary>An input of a case that failed, to look further into; null if none did.</summary>
    public (string Name, IReadOnlyList<Tensor> Inputs)? Failed =>
        cases.Find(c => !c.Passed) is { } failed ? (failed.Input, suspects[failed.Input]) : null;

    /// <summary>Compares everything that the options name.</summary>
    /// <param name="count">Real rows there are; at least one.</param>
    /// <param name="load">Gives some of them: first row and how many; one tensor an input. The caller disposes nothing.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public IReadOnlyList<VerificationCase> Run(int count, Func<int, int, IReadOnlyList<Tensor>> load, CancellationToken cancellationToken)
    {
        int? batch = runner.FixedBatch;
        foreach (int size in batch is { } only ? [only] : options.BatchSizes.Where(size => size <= count))
        {
            using var scope = NewDisposeScope();
            Compare($"rows of {size}", [Load(0, size)]);
        }

        Compare("all rows", Batches(count, batch, Load, cancellationToken));
        if (options.EdgeInputs)
        {
            using var scope = NewDisposeScope();
            foreach (var (name, inputs) in EdgeInputs.Of(load(0, 1), batch ?? EdgeInputs.Rows))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compare(name, [inputs]);
            }
        }

        PoolRounding();
        return [.. cases.Select(c => GraphVerification.IsReal(c) ? c with { Rows = Math.Min(c.Rows, count) } : c)];

        // A graph of a fixed batch gets whole ones: where rows are missing, the last again.
        IReadOnlyList<Tensor> Load(int start, int rows)
        {
            int real = Math.Min(rows, count - start);
            return real == rows ? load(start, rows) : [.. load(start, real).Select(input => Fill(input, rows))];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor input in suspects.Values.SelectMany(inputs => inputs))
        {
            input.Dispose();
        }
    }

    // What 32-bit floats can do shows in many rows: on a single one, TorchSharp may have been lucky.
    private void PoolRounding()
    {
        double share = cases.Where(GraphVerification.IsReal).Max(c => c.Rounding?.TorchSharpShare ?? 0);
        for (int i = 0; i < cases.Count; i++)
        {
            if (cases[i].Rounding is { } rounding && GraphVerification.IsReal(cases[i]))
            {
                cases[i] = cases[i] with { Rounding = rounding with { TorchSharpShare = share } };
            }
        }
    }

    private static Tensor Fill(Tensor input, int rows) =>
        cat([input, .. Enumerable.Repeat(input.narrow(0, input.shape[0] - 1, 1), rows - (int)input.shape[0])], 0);

    private IEnumerable<IReadOnlyList<Tensor>> Batches(
        int count, int? batch, Func<int, int, IReadOnlyList<Tensor>> load, CancellationToken cancellationToken)
    {
        int size = batch ?? options.AllRowsBatchSize;
        for (int start = 0; start < count; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            yield return load(start, batch ?? Math.Min(size, count - start));
        }
    }

    private void Compare(string name, IEnumerable<IReadOnlyList<Tensor>> batches)
    {
        var meter = new CaseMeter(name);
        double worst = 1;
        foreach (IReadOnlyList<Tensor> inputs in batches)
        {
            double share = CompareBatch(meter, inputs);
            if (share > worst)
            {
                worst = share;
                Keep(name, inputs);
            }
        }

        cases.Add(meter.ToCase(last!.Name, last.Shape, $"{last.ElementType}"));
    }

    private void Keep(string name, IReadOnlyList<Tensor> inputs)
    {
        foreach (Tensor input in suspects.GetValueOrDefault(name) ?? [])
        {
            input.Dispose();
        }

        suspects[name] = [.. inputs.Select(input => input.clone().DetachFromDisposeScope())];
    }

    private double CompareBatch(CaseMeter meter, IReadOnlyList<Tensor> inputs)
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

        return meter.Add(
            last.Values, MemoryMarshal.Cast<byte, float>(output.bytes), (int)output.shape[0], () => DoublePrecision.Compute(network, reference, inputs));
    }
}
