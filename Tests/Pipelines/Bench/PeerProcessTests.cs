using System.Diagnostics;
using OnnxAE.Pipelines.Bench;

namespace OnnxAE.Tests.Pipelines.Bench;

[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)] // the peers of these tests are lines for sh
public sealed class PeerProcessTests
{
    private const string Greets = "read line; echo '{\"version\":\"7\"}'; ";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void AProgramThatIsMissingIsNone() =>
        Assert.IsNull(PeerProcess.TryStart("missing", new ProcessStartInfo("onnxae-no-such-program"), [], path => path, TestContext.CancellationToken));

    [TestMethod]
    [Timeout(30_000)]
    public void ItGetsTheBytesAndAnswers()
    {
        using PeerProcess peer = Start("read path; eval wc -c \"<$path\" | sed 's/.*/{\"version\":\"&\"}/'; read line; echo \"$line\"");
        Assert.AreEqual("3", peer.Version.Trim());
        Assert.AreEqual(5, peer.Ask(new { first = 5 }).GetProperty("first").GetInt32());
    }

    [TestMethod]
    [Timeout(30_000)]
    public void ItsLastWordsAreInTheMessage()
    {
        using PeerProcess peer = Start(Greets + "read line; echo 'out of paper' >&2; exit 3");
        Assert.AreEqual(
            "The test process ended early, with exit code 3, saying: out of paper",
            Assert.ThrowsExactly<InvalidOperationException>(() => peer.Ask(1)).Message);
    }

    [TestMethod]
    [Timeout(30_000)]
    public void WhatItStartedEndsWithItWhenTheUserStops()
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        using PeerProcess peer = Start(Greets + "sleep 60 & wait", stopped.Token);
        stopped.CancelAfter(TimeSpan.FromMilliseconds(100));

        // The sleeping process holds the other end of the stream that is read here.
        Assert.ThrowsExactly<OperationCanceledException>(() => peer.Ask(1));
    }

    private PeerProcess Start(string script, CancellationToken? cancellationToken = null)
    {
        PeerProcess? peer = PeerProcess.TryStart(
            "test", new ProcessStartInfo("sh", ["-c", script]), [1, 2, 3], path => path, cancellationToken ?? TestContext.CancellationToken);
        Assert.IsNotNull(peer);
        return peer;
    }
}
