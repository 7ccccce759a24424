using Microsoft.Win32.SafeHandles;
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
        bool debug = Environment.GetEnvironmentVariable("ONNXAE_DEBUG") is { Length: > 0 };
        return new CliContext(ConsoleOn(System.Console.Out), System.Console.Error, TimeProvider.System, debug);
    }

    /// <summary>The same with the error stream as console, for commands whose standard output is data.</summary>
    public CliContext OnError() => this with { Console = ConsoleOn(Error) };

    /// <summary>Writes one line as it is: no markup, no wrapping at the console's width.</summary>
    public void WriteLine(string line = "") => Console.Profile.Out.Writer.WriteLine(line);

    private static IAnsiConsole ConsoleOn(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PlainWidth;
            console.Profile.Capabilities.Interactive = false;
        }

        return console;
    }
}

/// <summary>Standard output for data. The console's own stream takes no notice of a reader that has gone, and a command would go on for nothing.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>Opens it. To write to a pipe that nobody reads any more throws an <see cref="IOException"/>; see <see cref="ErrorSentence"/>.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        FileStream stream = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream; // a file goes on where others have left off
    }
}
