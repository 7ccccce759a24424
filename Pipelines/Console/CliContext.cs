using OnnxAE.Inference;
using Spectre.Console;

namespace OnnxAE.Pipelines;

/// <summary>What a command may touch of the outside world, so that tests can put their own in its place.</summary>
/// <param name="Console">Where results and progress go.</param>
/// <param name="Error">Where the one sentence goes when a command fails.</param>
/// <param name="Time">Measures durations; no figure but a duration depends on it.</param>
/// <param name="Debug">Whether a failure also shows where in the program it came from.</param>
internal sealed record CliContext(IAnsiConsole Console, TextWriter Error, TimeProvider Time, bool Debug = false)
{
    /// <summary>Width of lines that go to a file or a pipe, where no window sets one.</summary>
    private const int PlainWidth = 160;

    /// <summary>Where data sets are looked for by name.</summary>
    public DataSetStore DataSets { get; init; } = new();

    /// <summary>Opens the bytes that a command reads from <c>-</c>.</summary>
    public Func<Stream> OpenStandardInput { get; init; } = System.Console.OpenStandardInput;

    /// <summary>Opens what a command writes to <c>-</c>.</summary>
    public Func<Stream> OpenStandardOutput { get; init; } = StandardOutput.Open;

    /// <summary>The context of a real process: its terminal or pipe, the system's clock.</summary>
    public static CliContext ForProcess()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (System.Console.IsOutputRedirected)
        {
            console.Profile.Width = PlainWidth;
            console.Profile.Capabilities.Interactive = false;
        }

        bool debug = Environment.GetEnvironmentVariable("ONNXAE_DEBUG") is { Length: > 0 };
        return new CliContext(console, System.Console.Error, TimeProvider.System, debug);
    }

    /// <summary>The same with the error stream as console, for commands whose standard output is data.</summary>
    public CliContext OnError()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PlainWidth;
            console.Profile.Capabilities.Interactive = false;
        }

        return this with { Console = console };
    }

    /// <summary>Writes one line as it is: no markup, no wrapping at the console's width.</summary>
    public void WriteLine(string line = "") => Console.Profile.Out.Writer.WriteLine(line);
}
