using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// One ONNX Runtime session for all transformers and cursors of a model. It lives as long as somebody holds a lease, so
/// that disposing a transformer never pulls the session from under a cursor that is still running.
/// </summary>
internal sealed class SharedSession
{
    private readonly Lock _lock = new();
    private readonly OnnxModelDefinition _definition;
    private readonly RunSettings _settings;
    private InferenceSession? _session;
    private int _leases;

    /// <summary>Starts the session, so that a model that can't run is refused here.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime doesn't accept the model.</exception>
    /// <exception cref="InvalidOperationException">The GPU can't be used.</exception>
    public SharedSession(OnnxModelDefinition definition, RunSettings settings)
    {
        _definition = definition;
        _settings = settings;
        _session = Start();
    }

    /// <summary>Holds the session until the lease is disposed.</summary>
    public Lease Acquire()
    {
        lock (_lock)
        {
            _session ??= Start();
            _leases++;
            return new Lease(this, _session);
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            if (--_leases > 0)
                return;
            _session?.Dispose();
            _session = null;
        }
    }

    private InferenceSession Start()
    {
        try
        {
            using SessionOptions options = SessionSettings.Create(_settings, _definition.Source);
            return new InferenceSession(_definition.Bytes, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime doesn't accept '{_definition.Source}': {SessionSettings.FirstLine(e)}", e);
        }
    }

    /// <summary>A hold on the session.</summary>
    public sealed class Lease(SharedSession owner, InferenceSession session) : IDisposable
    {
        private SharedSession? _owner = owner;

        public InferenceSession Session { get; } = session;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Release();
    }
}
