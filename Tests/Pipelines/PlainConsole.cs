using System.Text;
using OnnxAE.Pipelines.Cli;
using Spectre.Console;

namespace OnnxAE.Tests.Pipelines;

/// <summary>A console as a pipe or a log sees it: no terminal, no colours; keeps what is written.</summary>
internal sealed class PlainConsole
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    public PlainConsole(TimeProvider? time = null, Action<string>? onLine = null)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new ObservedWriter(output, onLine)),
        });
        console.Profile.Width = 160;
        Context = new CliContext(console, new StringWriter(error), time ?? TimeProvider.System);
    }

    public CliContext Context { get; }

    public string Output => output.ToString();

    public string Error => error.ToString();

    /// <summary>Lines written to the error stream.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, Context, CancellationToken.None);

    private sealed class ObservedWriter(StringBuilder builder, Action<string>? onLine) : StringWriter(builder)
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            onLine?.Invoke(value ?? "");
        }
    }
}
