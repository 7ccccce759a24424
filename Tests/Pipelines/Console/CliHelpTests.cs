using System.CommandLine;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CliHelpTests
{
    /// <summary>All commands of the program, groups of them among them, by the words that call them.</summary>
    public static IEnumerable<(string[] Words, Command Command)> Commands()
    {
        return Below(CommandLine.CreateRoot(new PlainConsole().Context), []);

        static IEnumerable<(string[], Command)> Below(Command parent, string[] words) =>
            parent.Subcommands.SelectMany(child => Below(child, [.. words, child.Name]).Prepend(([.. words, child.Name], child)));
    }

    [TestMethod]
    public async Task TheProgramsHelpListsItsCommandsUnderHeadings()
    {
        PlainConsole console = await PlainConsole.SucceedAsync("--help");
        string[] lines = console.Output.Split('\n');
        CollectionAssert.IsSubsetOf(new[] { "Start:", "Train:", "Score:", "Few labels:", "Look:", "ONNX files:" }, lines);
        foreach ((string[] words, Command command) in Commands().Where(found => found.Words.Length == 1))
        {
            Assert.AreEqual(command.Hidden ? 0 : 1, lines.Count(line => line.StartsWith($"  {words[0]} ", StringComparison.Ordinal)), words[0]);
        }

        Assert.AreEqual("  onnxae demo --data fashion-mnist --seed 1", lines[^2]);
    }

    [TestMethod]
    public async Task EveryHelpFitsInEightyColumnsAndEndsWithAnExample()
    {
        foreach ((string[] words, Command command) in Commands().Where(found => !found.Command.Hidden).Prepend(([], null!)))
        {
            PlainConsole console = await PlainConsole.SucceedAsync([.. words, "--help"]);
            string[] lines = [.. console.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd())];
            Assert.IsLessThanOrEqualTo(CliHelp.Width, lines.Max(line => line.Length), string.Join(' ', words));
            Assert.AreEqual("Example:", lines[^2]);
            Assert.StartsWith($"  {string.Join(' ', words.Prepend("onnxae"))}", lines[^1]);
            if (command is CliCommand { Example: { Length: > 0 } example })
            {
                Assert.EndsWith($" {example}", lines[^1]);
            }
        }
    }

    [TestMethod]
    [DataRow("demo", "--dataset", "--epochs", "--seed", "--out", "--json")]
    [DataRow("data", "list", "get")]
    [DataRow("info", "FILE", "--json")]
    public async Task HelpNamesWhatACommandTakes(string command, params string[] expected)
    {
        PlainConsole console = await PlainConsole.SucceedAsync(command, "--help");
        foreach (string word in expected)
        {
            Assert.Contains(word, console.Output);
        }
    }
}
