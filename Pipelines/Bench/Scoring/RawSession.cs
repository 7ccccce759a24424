using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Pipelines.Bench;

/// <summary>
/// ONNX Runtime by itself: calls over slices of rows that lie ready in memory, outputs into memory that is there. Nothing
/// is read, converted or handed out: the most that anything built on it can reach.
/// </summary>
internal sealed class RawSession : IScorer
{
    private readonly ScoringData data;
    private readonly InferenceSession session;
    private readonly int batch;
    private readonly int concurrent;
    private readonly string input;
    private readonly string output;
    private readonly float[][] results;

    /// <param name="data">The rows.</param>
    /// <param name="model">The ONNX file, of one input and one output.</param>
    /// <param name="batch">Rows a call.</param>
    /// <param name="threads">Threads within an operator.</param>
    /// <param name="concurrent">Calls at a time.</param>
    public RawSession(ScoringData data, string model, int batch, int threads, int concurrent)
    {
        this.data = data;
        this.batch = batch;
        this.concurrent = concurrent;
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        session = new InferenceSession(OnnxModelReader.ReadBytes(model), options);
        input = session.InputNames[0];
        output = session.OutputNames[0];
        OutputSize = session.OutputMetadata[output].Dimensions[1];
        results = [.. Enumerable.Range(0, concurrent).Select(_ => GC.AllocateUninitializedArray<float>(batch * OutputSize, pinned: true))];
        Name = $"batch {batch}, {threads} {(threads == 1 ? "thread" : "threads")}, {concurrent} at a time";
    }

    /// <inheritdoc/>
    public string Name { get; }

    private int OutputSize { get; }

    /// <inheritdoc/>
    public double Score(int first, int count)
    {
        int next = first;
        int end = first + count;
        long begin = Stopwatch.GetTimestamp();
        Thread[] helpers = [.. Enumerable.Range(1, concurrent - 1).Select(i => new Thread(() => Work(i)))];
        foreach (Thread helper in helpers)
        {
            helper.Start();
        }

        Work(0);
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;

        void Work(int worker)
        {
            using var runOptions = new RunOptions();
            for (int start = Interlocked.Add(ref next, batch) - batch; start < end; start = Interlocked.Add(ref next, batch) - batch)
            {
                int rows = Math.Min(batch, end - start);
                using OrtValue pixels = OrtValue.CreateTensorValueFromMemory(
                    OrtMemoryInfo.DefaultInstance, data.Pixels.AsMemory(start * data.Width, rows * data.Width), [rows, data.Width]);
                using OrtValue codes = OrtValue.CreateTensorValueFromMemory(
                    OrtMemoryInfo.DefaultInstance, results[worker].AsMemory(0, rows * OutputSize), [rows, OutputSize]);
                session.Run(runOptions, [input], [pixels], [output], [codes]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
