using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference;

/// <summary>
/// One ONNX Runtime session for all transformers and cursors of a model, and the tensors that cursors leave for the next.
/// It lives as long as somebody holds a lease, so that disposing a transformer never pulls the session from under a cursor
/// that is still running.
/// </summary>
internal sealed class SharedSession
{
    private readonly Lock _lock = new();
    private readonly ConcurrentBag<BatchScorer> _tensors = [];
    private readonly OnnxModelDefinition _definition;
    private readonly RunSettings _settings;
    private InferenceSession? _session;
    private int _leases;

    /// <summary>Starts the session.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime doesn't accept the model.</exception>
    /// <exception cref="InvalidOperationException">The GPU can't be used.</exception>
    public SharedSession(OnnxModelDefinition definition, RunSettings settings, byte[] bytes)
    {
        _definition = definition;
        _settings = settings;
        _session = Start(bytes);
    }

    /// <summary>Where it runs: <c>CPU</c>, or <c>CUDA</c> and a number.</summary>
    public string Device { get; private set; } = "";

    /// <summary>Holds the session until the lease is disposed.</summary>
    public Lease Acquire()
    {
        lock (_lock)
        {
            _session ??= Start(_definition.Build());
            _leases++;
            return new Lease(this, _session);
        }
    }

    /// <summary>Tensors with room for so many rows.</summary>
    public BatchScorer CreateTensors(int rows) => new(_definition, Math.Max(rows, _definition.BatchRows), _settings.MayCopyInputs);

    /// <summary>Ends the session if nobody holds it; it starts again for the next who does.</summary>
    public void EndIdle()
    {
        lock (_lock)
        {
            if (_leases > 0)
            {
                return;
            }

            while (_tensors.TryTake(out BatchScorer? tensors))
            {
                tensors.Dispose();
            }

            _session?.Dispose();
            _session = null;
            _definition.CloseSource();
        }
    }

    /// <summary>What an exception says before it goes into details.</summary>
    public static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim();

    private InferenceSession Start(byte[] model)
    {
        string source = _definition.Source;
        if (_settings.Options.GpuDeviceId is { } gpu)
        {
            try
            {
                Device = $"CUDA {gpu}";
                return Open(model, gpu);
            }
            catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or NotSupportedException)
            {
                if (!_settings.Options.FallbackToCpu)
                {
                    throw new GpuException(
                        $"'{source}' can't run on the GPU {gpu} ({FirstLine(e)}); install ONNX Runtime's CUDA package, or take the CPU (fallbackToCpu in a program, no --gpu on the command line).", e);
                }

                _settings.Log($"'{source}' runs on the CPU: the GPU {gpu} can't be used ({FirstLine(e)}).");
            }
        }

        try
        {
            Device = "CPU";
            return Open(model, gpu: null);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime doesn't accept '{source}': {FirstLine(e)}", e);
        }
    }

    private InferenceSession Open(byte[] model, int? gpu)
    {
        using SessionOptions options = new() { IntraOpNumThreads = _settings.IntraOpThreads };
        if (gpu is { } device)
        {
            options.AppendExecutionProvider_CUDA(device);
        }

        _settings.Options.ConfigureSession?.Invoke(options);
        return new InferenceSession(model, options);
    }

    private void Release()
    {
        lock (_lock)
        {
            if (--_leases == 0)
            {
                EndIdle();
            }
        }
    }

    /// <summary>A hold on the session.</summary>
    public sealed class Lease(SharedSession owner, InferenceSession session) : IDisposable
    {
        private int _isReleased;

        public InferenceSession Session { get; } = session;

        public OnnxModelDefinition Definition => owner._definition;

        /// <summary>Tensors with room for so many rows, to give back.</summary>
        public BatchScorer RentTensors(int rows)
        {
            if (owner._tensors.TryTake(out BatchScorer? tensors))
            {
                if (tensors.Capacity >= Math.Max(rows, Definition.BatchRows))
                {
                    return tensors;
                }

                tensors.Dispose();
            }

            return owner.CreateTensors(rows);
        }

        /// <summary>Leaves tensors for the next.</summary>
        public void ReturnTensors(BatchScorer? tensors)
        {
            if (tensors is not null)
            {
                owner._tensors.Add(tensors);
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            {
                owner.Release();
            }
        }
    }
}

/// <summary>A GPU can't be used, and the CPU isn't allowed instead.</summary>
internal sealed class GpuException(string message, Exception inner) : InvalidOperationException(message, inner);
