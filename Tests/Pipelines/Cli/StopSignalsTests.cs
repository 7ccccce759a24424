using System.Diagnostics;
using System.Globalization;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Tests.Pipelines.Cli;

[TestClass]
public sealed class StopSignalsTests
{
    [TestMethod]
    [DoNotParallelize]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [DataRow("HUP", 129)]
    [DataRow("TERM", 143)]
    public void ASignalAsksForAnEndAndGivesTheExitCode(string signal, int exitCode)
    {
        using StopSignals stop = new();
        using Process kill = Process.Start("kill", ["-s", signal, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        Assert.IsTrue(stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)));
        Assert.AreEqual(exitCode, stop.ExitCodeWhenStopped);
    }
}
