using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Benchmarks;

/// <summary>
/// ONNX Runtime by itself: calls over slices of rows that lie ready in memory, outputs into memory that is there. Nothing
/// is read, converted or handed out: the most that anything built on it can reach.
/// </summary>
internal sealed class RawScorer : Scorer
{
    private readonly ScoringData _data;
    private readonly InferenceSession _session;
    private readonly int _batch;
    private readonly int _outputSize;
    private readonly float[][] _results;

    /// <summary>Loads a model.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="model">The ONNX file.</param>
    /// <param name="batch">Rows a call.</param>
    /// <param name="threads">Threads within an operator.</param>
    /// <param name="concurrent">Calls at a time.</param>
    public RawScorer(ScoringData data, string model, int batch, int threads, int concurrent)
    {
        _data = data;
        _batch = batch;
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        _session = new InferenceSession(model, options);
        _outputSize = _session.OutputMetadata[ScoringData.Code].Dimensions[1];
        _results = [.. Enumerable.Range(0, concurrent).Select(_ => new float[batch * _outputSize])];
        Name = $"batch {batch}, {threads} {(threads == 1 ? "thread" : "threads")}, {concurrent} at a time";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override double Score(int first, int count)
    {
        int next = first;
        int end = first + count;
        long begin = Stopwatch.GetTimestamp();
        Thread[] helpers = [.. _results.Skip(1).Select(codes => new Thread(() => Work(codes)))];
        foreach (Thread helper in helpers)
        {
            helper.Start();
        }

        Work(_results[0]);
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;

        void Work(float[] codes)
        {
            using var runOptions = new RunOptions();
            for (int start = Interlocked.Add(ref next, _batch) - _batch; start < end; start = Interlocked.Add(ref next, _batch) - _batch)
            {
                int rows = Math.Min(_batch, end - start);
                using OrtValue input = OrtValue.CreateTensorValueFromMemory(
                    OrtMemoryInfo.DefaultInstance, _data.Floats.AsMemory(start * _data.Width, rows * _data.Width), [rows, _data.Width]);
                using OrtValue output = OrtValue.CreateTensorValueFromMemory(
                    OrtMemoryInfo.DefaultInstance, codes.AsMemory(0, rows * _outputSize), [rows, _outputSize]);
                _session.Run(runOptions, [ScoringData.Pixels], [input], [ScoringData.Code], [output]);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _session.Dispose();
}
