using Microsoft.ML;
using TorchSharp;

namespace OnnxAE.Tests.Compat.StandIns;

/// <summary>The table of what the stand-ins refuse, in their README, says neither less nor more than they do.</summary>
[TestClass]
public class RefusalTests
{
    private const string Heading = "## What is refused";

    [TestMethod]
    public void TheTableOfWhatIsRefused_HasEverySentence()
    {
        string[] refused =
        [
            .. Refusals.Of(typeof(MLContext).Assembly).Concat(Refusals.Of(typeof(torch).Assembly))
                .Distinct().Order(StringComparer.Ordinal),
        ];

        string[] documented = Documented();
        Assert.IsNotEmpty(refused);
        CollectionAssert.AreEqual(
            refused, documented, $"not in the table: {string.Join("; ", refused.Except(documented))}; only there: {string.Join("; ", documented.Except(refused))}");
    }

    private static string[] Documented()
    {
        using var stream = typeof(RefusalTests).Assembly.GetManifestResourceStream("Compat.README.md")!;
        string[] lines = new StreamReader(stream).ReadToEnd().Split('\n');
        var section = lines.SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        return
        [
            .. section.Where(line => line.StartsWith('|')).Skip(2) // the head of the table
                .Select(line => line.Split('|')[2].Trim()).Order(StringComparer.Ordinal),
        ];
    }
}
