using System.Text;
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
            console.Profile.Out = new AnsiConsoleOutput(new ObservedWriter(console.Profile.Out.Writer, onLine));
        Context = new CliContext(console, new StringWriter(), time ?? TimeProvider.System) { DataSets = dataSets ?? new DataSetStore() };
    }

    public CliContext Context { get; }

    public string Output => ((TestConsole)Context.Console).Output;

    public string Error => Context.Error.ToString()!;

    /// <summary>Lines written to the error stream.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

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
