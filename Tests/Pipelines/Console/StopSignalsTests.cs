using System.Diagnostics;
using System.Globalization;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class StopSignalsTests
{
    private const int HangUp = 1;
    private const int Terminate = 15;

    [TestMethod]
    [DoNotParallelize]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow(HangUp, ExitCode.HungUp)]
    [DataRow(Terminate, ExitCode.Terminated)]
    public void ASignalAsksForAnEndAndGivesTheExitCode(int signal, int exitCode)
    {
        bool isIgnored = IsIgnored(signal); // under nohup, and so it must stay
        using StopSignals stop = new();
        using Process kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {Environment.ProcessId}")]);
        Assert.AreEqual(!isIgnored, stop.Token.WaitHandle.WaitOne(isIgnored ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(10)));
        if (!isIgnored)
        {
            Assert.AreEqual(exitCode, stop.ExitCodeWhenStopped);
        }
    }

    private static bool IsIgnored(int signal)
    {
        string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(mask["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;
    }
}
