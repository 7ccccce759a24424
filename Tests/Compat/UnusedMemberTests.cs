using OnnxAE.Tests.Compat.Use;

namespace OnnxAE.Tests.Compat;

/// <summary>The stand-ins hold what the product and its tests call, and not one member more.</summary>
[TestClass]
public sealed class UnusedMemberTests
{
    // Still to be removed, or still to be used.
    private static readonly string[] Tolerated = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Compat", "Golden", "Unused.txt"));

    private static readonly References Users = new(Assemblies().Where(path => !IsStandIn(path)));

    [TestMethod]
    [DataRow("OnnxAE.Compat.ML")]
    [DataRow("OnnxAE.Compat.TorchSharp")]
    public void EveryPublicMemberOfAStandInIsReferredTo(string standIn)
    {
        // Where the official packages are used there is no stand-in to look at.
        foreach (string path in Assemblies().Where(path => Path.GetFileNameWithoutExtension(path) == standIn))
        {
            using var members = new PublicMembers(path);
            string[] unused = [.. members.FindUnused(Users).Except(Tolerated)];
            Assert.IsEmpty(unused, string.Join(Environment.NewLine, unused));
        }
    }

    private static bool IsStandIn(string path) => Path.GetFileName(path).StartsWith("OnnxAE.Compat.", StringComparison.Ordinal);

    private static string[] Assemblies() => Directory.GetFiles(AppContext.BaseDirectory, "OnnxAE.*.dll");
}
