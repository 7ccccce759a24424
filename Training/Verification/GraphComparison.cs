using System.Runtime.InteropServices;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType; // its namespace has a Tensor of its own

namespace OnnxAE.Training;

/// <summary>Runs inputs through a graph and through TorchSharp, and keeps what differs.</summary>
/// <param name="runner">The graph.</param>
/// <param name="network">What it should compute.</param>
internal sealed class GraphComparison(GraphRunner runner, VerifiedNetwork network) : IDisposable
{
    // Small batches, and one that no vector instruction divides.
    private static readonly int[] BatchSizes = [1, 2, 7, 64];

    // Doesn't divide the usual test sets, so that a shorter last batch proves the batch dimension to be free.
    private const int AllRowsBatchSize = 512;

    private readonly List<VerificationCase> _cases = [];
    private readonly Dictionary<string, IReadOnlyList<Tensor>> _suspects = []; // of every case that failed, the worst batch
    private GraphOutput _last = new(runner.OutputNames[0], TensorElementType.Float, [], []);

    /// <summary>An input of a case that failed, to look further into; null if none did, or the graph can't be run on it.</summary>
    public (string Name, IReadOnlyList<Tensor> Inputs)? Failed =>
        _cases.Find(c => !c.Passed && _suspects.ContainsKey(c.Input)) is { } failed ? (failed.Input, _suspects[failed.Input]) : null;

    /// <summary>Compares rows in batches of several sizes, all rows, and edge cases of their shape.</summary>
    /// <param name="count">Real rows there are; at least one.</param>
    /// <param name="load">Gives some of them: first row and how many; one tensor an input. The caller disposes nothing.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public IReadOnlyList<VerificationCase> Run(int count, Func<int, int, IReadOnlyList<Tensor>> load, CancellationToken cancellationToken)
    {
        int? batch = runner.FixedBatch;
        foreach (int size in batch is { } only ? [only] : BatchSizes)
        {
            using var scope = NewDisposeScope();
            Compare($"rows of {size}", [Load(0, size)]);
        }

        Compare("all rows", Batches(count, batch, Load, cancellationToken));
        using var edges = NewDisposeScope();
        foreach (var (name, inputs) in EdgeInputs.Of(load(0, 1), batch ?? EdgeInputs.Rows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Compare(name, [inputs]);
        }

        return [.. _cases.Select(c => c.IsReal ? c with { Rows = Math.Min(c.Rows, count) } : c)];

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
        foreach (Tensor input in _suspects.Values.SelectMany(inputs => inputs))
        {
            input.Dispose();
        }
    }

    private static Tensor Fill(Tensor input, int rows) =>
        cat([input, .. Enumerable.Repeat(input.narrow(0, input.shape[0] - 1, 1), rows - (int)input.shape[0])], 0);

    private static IEnumerable<IReadOnlyList<Tensor>> Batches(
        int count, int? batch, Func<int, int, IReadOnlyList<Tensor>> load, CancellationToken cancellationToken)
    {
        int size = batch ?? AllRowsBatchSize;
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

        _cases.Add(meter.ToCase(_last.Name, _last.Shape, $"{_last.ElementType}"));
    }

    private void Keep(string name, IReadOnlyList<Tensor> inputs)
    {
        foreach (Tensor input in _suspects.GetValueOrDefault(name) ?? [])
        {
            input.Dispose();
        }

        _suspects[name] = [.. inputs.Select(input => input.clone().DetachFromDisposeScope())];
    }

    private bool TryRun(CaseMeter meter, IReadOnlyList<Tensor> inputs)
    {
        try
        {
            _last = runner.Run(inputs)[0];
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
        using var scope = NewDisposeScope();
        Tensor output = network.Compute(inputs);
        int rows = (int)inputs[0].shape[0];
        return _last.IsLike(output.dtype, output.shape)
            ? meter.Add(_last.Values, MemoryMarshal.Cast<byte, float>(output.bytes), rows, () => network.Rounding(inputs))
            : meter.Refuse(
                rows, $"it gives {_last.ElementType} [{string.Join(", ", _last.Shape)}], the network {output.dtype} [{string.Join(", ", output.shape)}]");
    }
}
