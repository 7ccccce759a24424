using System.Reflection;
using System.Text;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ModuleTableTests
{
    private const string Begin = "<!-- modules: begin -->\n";
    private const string End = "<!-- modules: end -->";

    [TestMethod]
    public void TheTableInTheDocumentationIsThatOfTheExporter()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("ONNX.md")!);
        string page = reader.ReadToEnd().ReplaceLineEndings("\n");
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        string table = Table();
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "ONNX.md.actual"), page[..begin] + table + page[end..]); // to copy from
        Assert.AreEqual(table, page[begin..end]);
    }

    private static string Table()
    {
        var table = new StringBuilder("| module | becomes | notes |\n|---|---|---|\n");
        foreach (ModuleWriter writer in OnnxModules.Default.Writers)
        {
            table.Append($"| `{OnnxModules.NameOf(writer.Type)}` | {writer.Operators} | {writer.Notes} |\n");
        }

        return table.ToString();
    }
}
