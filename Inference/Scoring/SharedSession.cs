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
    private readonly ConcurrentBag<BatchTensors> _tensors = [];
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
        _session = SessionSettings.Start(bytes, settings, definition.Source, out string device);
        Device = device;
    }

    /// <summary>Where it runs: <c>CPU</c>, or <c>CUDA</c> and a number.</summary>
    public string Device { get; private set; }

    /// <summary>Holds the session until the lease is disposed.</summary>
    public Lease Acquire()
    {
        lock (_lock)
        {
            if (_session is null)
            {
                _session = SessionSettings.Start(_definition.Build(), _settings, _definition.Source, out string device);
                Device = device;
            }

            _leases++;
            return new Lease(this, _session);
        }
    }

    /// <summary>Tensors with room for so many rows.</summary>
    public BatchTensors CreateTensors(int rows) => new(_definition, Math.Max(rows, _definition.BatchRows), _settings.MayCopyInputs);

    /// <summary>Ends the session if nobody holds it; it starts again for the next who does.</summary>
    public void EndIdle()
    {
        lock (_lock)
        {
            if (_leases > 0)
                return;
            while (_tensors.TryTake(out BatchTensors? tensors))
                tensors.Dispose();
            _session?.Dispose();
            _session = null;
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            if (--_leases == 0)
                EndIdle();
        }
    }

    /// <summary>A hold on the session.</summary>
    public sealed class Lease(SharedSession owner, InferenceSession session) : IDisposable
    {
        private int _isReleased;

        public InferenceSession Session { get; } = session;

        public OnnxModelDefinition Definition => owner._definition;

        /// <summary>Tensors with room for so many rows, to give back.</summary>
        public BatchTensors RentTensors(int rows)
        {
            if (owner._tensors.TryTake(out BatchTensors? tensors))
            {
                if (tensors.Capacity >= Math.Max(rows, Definition.BatchRows))
                    return tensors;
                tensors.Dispose();
            }

            return owner.CreateTensors(rows);
        }

        /// <summary>Leaves tensors for the next.</summary>
        public void ReturnTensors(BatchTensors? tensors)
        {
            if (tensors is not null)
                owner._tensors.Add(tensors);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
                owner.Release();
        }
    }
}
