using System.Text;
using System.Text.Json;
using OnnxAE.Inference;
using OnnxAE.Pipelines;
using Spectre.Console;
using Spectre.Console.Testing;

namespace OnnxAE.Tests;

/// <summary>A console as a pipe or a log sees it: no terminal, no colours; keeps what is written.</summary>
internal sealed class PlainConsole
{
    public PlainConsole(TimeProvider? time = null, Action<string>? onLine = null, DataSetStore? dataSets = null)
    {
        TestConsole console = new TestConsole().SupportsAnsi(false).Colors(ColorSystem.NoColors).Width(160);
        if (onLine is not null)
        {
            console.Profile.Out = new AnsiConsoleOutput(new ObservedWriter(console.Profile.Out.Writer, onLine));
        }

        Context = new CliContext(console, new StringWriter(), time ?? TimeProvider.System) { DataSets = dataSets ?? new DataSetStore() };
    }

    public CliContext Context { get; }

    public string Output => ((TestConsole)Context.Console).Output;

    public string Error => Context.Error.ToString()!;

    /// <summary>Lines written to the error stream.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command line that must succeed, without a word on the error stream.</summary>
    public static async Task<PlainConsole> SucceedAsync(params string[] arguments)
    {
        var console = new PlainConsole();
        int exitCode = await console.RunAsync(arguments);
        Assert.AreEqual("", console.Error);
        Assert.AreEqual(ExitCode.Success, exitCode);
        return console;
    }

    /// <summary>The same; returns the figures that it writes to a file of the folder.</summary>
    public static async Task<JsonElement> FiguresAsync(TemporaryFolder folder, params string[] arguments)
    {
        await SucceedAsync([.. arguments, "--json", folder["figures.json"]]);
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(folder["figures.json"]));
    }

    /// <summary>Runs a command line that must end with one sentence of which a part is known.</summary>
    public static async Task<PlainConsole> FailAsync(int exitCode, string part, params string[] arguments)
    {
        var console = new PlainConsole();
        Assert.AreEqual(exitCode, await console.RunAsync(arguments), console.Error);
        Assert.HasCount(1, console.ErrorLines);
        Assert.Contains(part, console.Error);
        return console;
    }

    public Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, Context, CancellationToken.None);

    private sealed class ObservedWriter(TextWriter inner, Action<string> onLine) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(value);

        public override void WriteLine(string? value)
        {
            inner.WriteLine(value);
            onLine(value ?? "");
        }
    }
}
