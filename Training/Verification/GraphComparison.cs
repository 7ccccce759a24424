using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType; // its namespace has a Tensor of its own

namespace OnnxAE.Training;

/// <summary>Runs inputs through a graph and through TorchSharp, and keeps what differs.</summary>
/// <param name="runner">The graph.</param>
/// <param name="network">The network that computes the reference.</param>
/// <param name="reference">What the graph should compute.</param>
/// <param name="options">What to compare.</param>
internal sealed class GraphComparison(
    GraphRunner runner, Module network, Func<IReadOnlyList<Tensor>, Tensor> reference, VerificationOptions options) : IDisposable
{
    private readonly List<VerificationCase> cases = [];
    private readonly Dictionary<string, IReadOnlyList<Tensor>> suspects = []; // of every case beyond the gate, the worst batch
    private GraphOutput last = new(runner.OutputNames[0], TensorElementType.Float, [], []);

    /// <summary>An input of a case that failed, to look further into; null if none did, or the graph can't be run on it.</summary>
    public (string Name, IReadOnlyList<Tensor> Inputs)? Failed =>
        cases.Find(c => !c.Passed && suspects.ContainsKey(c.Input)) is { } failed ? (failed.Input, suspects[failed.Input]) : null;

    /// <summary>Compares everything that the options name.</summary>
    /// <param name="count">Real rows there are; at least one.</param>
    /// <param name="load">Gives some of them: first row and how many; one tensor an input. The caller disposes nothing.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public IReadOnlyList<VerificationCase> Run(int count, Func<int, int, IReadOnlyList<Tensor>> load, CancellationToken cancellationToken)
    {
        int? batch = runner.FixedBatch;
        foreach (int size in batch is { } only ? [only] : options.BatchSizes)
        {
            using var scope = NewDisposeScope();
            Compare($"rows of {size}", [Load(0, size)]);
        }

        Compare("all rows", Batches(count, batch, Load, cancellationToken));
        if (options.EdgeInputs)
        {
            using var scope = NewDisposeScope();
            foreach (var (name, batches) in EdgeInputs.Of(load(0, 1), batch ?? EdgeInputs.Rows))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compare(name, batches);
            }
        }

        PoolRounding();
        return [.. cases.Select(c => GraphVerification.IsReal(c) ? c with { Rows = Math.Min(c.Rows, count) } : c)];

        // Batches are whole: where rows are missing, the last again.
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
            if (TryRun(meter, inputs) && Compare(meter, inputs) is var share && share > worst)
            {
                worst = share;
                Keep(name, inputs);
            }
        }

        cases.Add(meter.ToCase(last.Name, last.Shape, $"{last.ElementType}"));
    }

    private void Keep(string name, IReadOnlyList<Tensor> inputs)
    {
        foreach (Tensor input in suspects.GetValueOrDefault(name) ?? [])
        {
            input.Dispose();
        }

        suspects[name] = [.. inputs.Select(input => input.clone().DetachFromDisposeScope())];
    }

    // First: a module that works in place changes its input.
    private bool TryRun(CaseMeter meter, IReadOnlyList<Tensor> inputs)
    {
        try
        {
            last = runner.Run(inputs)[0];
            return true;
        }
        catch (InvalidDataException exception)
        {
            meter.Refuse((int)inputs[0].shape[0], exception.Message);
            return false;
        }
    }

    private double Compare(CaseMeter meter, IReadOnlyList<Tensor> inputs)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor output = reference([.. inputs.Select(input => input.clone())]).contiguous();
        int rows = (int)inputs[0].shape[0];
        return last.IsLike(output.dtype, output.shape)
            ? meter.Add(last.Values, MemoryMarshal.Cast<byte, float>(output.bytes), rows, () => DoublePrecision.Compute(network, reference, inputs))
            : meter.Refuse(
                rows, $"it gives {last.ElementType} [{string.Join(", ", last.Shape)}], the network {output.dtype} [{string.Join(", ", output.shape)}]");
    }
}
