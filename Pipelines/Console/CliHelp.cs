using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OnnxAE.Pipelines;

/// <summary>
/// The help of a command: what System.CommandLine writes, at most 80 columns wide, and a real command line at its end. The
/// program's own help lists its commands under headings.
/// </summary>
/// <param name="groups">The program's commands by their headings; none of a program that has no use for headings.</param>
internal sealed class CliHelp(params IReadOnlyList<(string Heading, Command[] Commands)> groups) : SynchronousCommandLineAction
{
    /// <summary>The longest line; System.CommandLine wraps at one column less.</summary>
    public const int Width = 80;

    private readonly HelpAction _usual = new() { MaxWidth = Width };

    /// <summary>Help is shown whatever is missing of the command line.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>The option <c>--help</c> of a program.</summary>
    public static HelpOption Option(params IReadOnlyList<(string Heading, Command[] Commands)> groups) =>
        new() { Description = "Show this help.", Action = new CliHelp(groups) };

    /// <summary>How a command is called, the program's name first.</summary>
    public static string PathOf(Symbol symbol) =>
        symbol.Parents.FirstOrDefault() is { } parent ? $"{PathOf(parent)} {symbol.Name}" : symbol.Name;

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (groups.Count > 0 && !command.Parents.Any())
        {
            WriteGroups(command, output);
        }
        else
        {
            _usual.Invoke(parseResult);
        }

        if (FirstIn(command) is { } shown)
        {
            output.WriteLine($"Example:\n  {PathOf(shown)} {shown.Example}".TrimEnd());
        }

        return ExitCode.Success;
    }

    private void WriteGroups(Command program, TextWriter output)
    {
        output.WriteLine($"{program.Description}\n\nUsage:\n  {program.Name} COMMAND [options]\n");
        int width = groups.SelectMany(group => group.Commands).Max(command => command.Name.Length);
        foreach ((string heading, Command[] commands) in groups)
        {
            Write(heading, commands.Select(command => (command.Name, command.Description)));
        }

        Write("Options", program.Options.Select(option => ($"{option.Name} {option.HelpName}", option.Description)));
        output.WriteLine($"'{program.Name} COMMAND --help' shows the options of a command and an example.\n");

        void Write(string heading, IEnumerable<(string Name, string? Description)> lines) => output.WriteLine(
            $"{heading}:\n{string.Concat(lines.Select(line => $"  {line.Name.PadRight(width)}  {line.Description}\n"))}");
    }

    private static CliCommand? FirstIn(Command command) =>
        command as CliCommand ?? command.Subcommands.Select(FirstIn).FirstOrDefault(found => found is not null);
}
