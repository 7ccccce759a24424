namespace OnnxAE.Tests;

/// <summary>What others say of the exported files: the ONNX project's own checker, and ONNX Runtime in a browser's engine.</summary>
[TestClass]
public sealed class PeerTests
{
    // What Debian's python3-onnx, the oldest checker in use, knows.
    private const long CheckersOpset = 17;

    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "Training/Export/Peers");

    [TestMethod]
    [RequiresPeer(Peer.OnnxChecker)]
    public void TheOnnxCheckerPassesEveryFileWithInferredShapes()
    {
        using var folder = new PeerFolder();
        string[] lines = folder.Run(Peer.Python, Path.Combine(Scripts, "check.py"), "FOLDER");
        CollectionAssert.AreEqual(Array.Empty<string>(), lines[..^1], string.Join('\n', lines));
        Assert.IsGreaterThanOrEqualTo(folder.CountUpTo(CheckersOpset), int.Parse(lines[^1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestMethod]
    [RequiresPeer(Peer.OnnxRuntimeWeb)]
    public void OnnxRuntimeForTheWebComputesTheSame()
    {
        using var folder = new PeerFolder();
        string[] lines = folder.Run("node", Path.Combine(Scripts, "run.mjs"), "FOLDER", Peer.NodeModules);
        CollectionAssert.AreEqual(new[] { $"ran {folder.Count}" }, lines, string.Join('\n', lines));
    }
}
