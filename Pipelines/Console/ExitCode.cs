namespace OnnxAE.Pipelines;

/// <summary>What the process returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it says.</summary>
    public const int Success = 0;

    /// <summary>The command could not do it: a missing, damaged or unfit file, a full disk, no network.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGHUP: 128 + 1.</summary>
    public const int HungUp = 129;

    /// <summary>Nobody reads the output any more: 128 + SIGPIPE, which ends <c>cat</c> and its like.</summary>
    public const int BrokenPipe = 141;

    /// <summary>SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
