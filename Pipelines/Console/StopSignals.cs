using System.Runtime.InteropServices;

namespace OnnxAE.Pipelines;

/// <summary>Turns Ctrl-C, SIGTERM and the end of the terminal into a cancellation, so that a run ends between two batches and cleans up after itself.</summary>
/// <remarks>A second signal is left to the system, which ends the process at once.</remarks>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private volatile int exitCode = ExitCode.Interrupted;

    public StopSignals()
    {
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, ExitCode.HungUp)), // nohup's stays ignored
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCode.Terminated)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code of the signal that came.</summary>
    public int ExitCodeWhenStopped => exitCode;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        if (source.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true; // keeps the process alive until the command has cleaned up
        this.exitCode = exitCode;
        source.Cancel();
    }
}
