using System.Runtime.InteropServices;

namespace OnnxAE.Pipelines;

/// <summary>Turns Ctrl-C, SIGTERM and the end of the terminal into a cancellation, so that a run ends between two batches and cleans up after itself.</summary>
/// <remarks>A second signal is left to the system, which ends the process at once.</remarks>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile int _exitCode = ExitCode.Interrupted;

    public StopSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, ExitCode.HungUp)), // nohup's stays ignored
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCode.Terminated)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of the signal that came.</summary>
    public int ExitCodeWhenStopped => _exitCode;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true; // keeps the process alive until the command has cleaned up
        _exitCode = exitCode;
        _source.Cancel();
    }
}
