using System.CommandLine;
using System.CommandLine.Parsing;

namespace OnnxAE.Pipelines;

/// <summary>The command tree of <c>onnxae</c>, and what happens around every command: usage errors, failures, cancellation.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line of <c>onnxae</c>.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CliContext context, CancellationToken cancellationToken) =>
        RunAsync(CreateRoot(context), arguments, context, cancellationToken);

    /// <summary>Runs one command line of a program whose tree of commands is another one.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(Command root, IReadOnlyList<string> arguments, CliContext context, CancellationToken cancellationToken)
    {
        try
        {
            ParseResult parsed = root.Parse(arguments);
            if (FindFault(parsed) is { } fault)
            {
                throw new UsageException(WithHint(fault, parsed));
            }

            try
            {
                return await parsed.InvokeAsync(
                    new InvocationConfiguration
                    {
                        Output = context.Console.Profile.Out.Writer,
                        Error = context.Error,
                        EnableDefaultExceptionHandler = false, // ErrorSentence
                        ProcessTerminationTimeout = null, // StopSignals
                    },
                    cancellationToken);
            }
            catch (UsageException exception)
            {
                throw new UsageException(WithHint(exception.Message, parsed), exception);
            }
        }
        catch (Exception exception)
        {
            return ErrorSentence.Write(exception, context, root.Name);
        }
    }

    /// <summary>The command tree of <c>onnxae</c>.</summary>
    /// <remarks>Its root is a plain command, since a RootCommand is called what the process's program file is called.</remarks>
    public static Command CreateRoot(CliContext context)
    {
        Command data = new("data", "Finds and downloads data sets.") { new DataListCommand(context), new DataGetCommand(context) };
        Command classify = new("classify", "Learns a classifier from few labels, and labels files.")
        {
            new ClassifyFitCommand(context),
            new ClassifyScoreCommand(context),
        };
        Command generate = new("generate", "Makes pictures from codes.")
        {
            new GenerateSampleCommand(context),
            new GenerateAtCommand(context),
            new GenerateInterpolateCommand(context),
            new GenerateGridCommand(context),
        };
        Command inspect = new("inspect", "Shows what a network has learnt, in pictures.")
        {
            new InspectCodesCommand(context),
            new InspectUnitsCommand(context),
            new InspectScatterCommand(context),
        };
        Command onnx = new("onnx", "Shows, joins, renames and quantizes ONNX files.")
        {
            new InfoCommand(context),
            new ComposeCommand(context),
            new RenameCommand(context),
            new QuantizeCommand(context),
        };
        (string Heading, Command[] Commands)[] groups =
        [
            ("Start", [new DemoCommand(context), data, new ModelsCommand(context)]),
            ("Train", [new TrainCommand(context), new ExportCommand(context), new VerifyCommand(context)]),
            ("Score", [.. RowsCommand.CreateAll(context)]),
            ("Few labels", [classify, new ExperimentCommand(context), new ReproduceCommand(context)]),
            ("Look", [generate, inspect]),
            ("ONNX files", [onnx, new InfoCommand(context)]),
        ];

        Command root = new("onnxae", "Autoencoders trained in TorchSharp, exported to ONNX, used in ML.NET.");
        root.Add(CliHelp.Option(groups));
        root.Add(new VersionOption { Description = "Show the version." });
        root.Add(CliCommand.Json);
        foreach (Command command in groups.SelectMany(group => group.Commands))
        {
            root.Add(command);
        }

        foreach (Command tool in onnx.Subcommands.Where(tool => root.Subcommands.All(command => command.Name != tool.Name)).ToArray())
        {
            root.Add(Moved(tool.Name, $"onnxae onnx {tool.Name}"));
        }

        return root;
    }

    // A command that has another place now: whoever knows the old one learns the new one.
    private static Command Moved(string name, string place)
    {
        var command = new Command(name, $"Is now '{place}'.") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction(int (_) => throw new UsageException($"'onnxae {name}' is now '{place}'; see '{place} --help'."));
        return command;
    }

    private static string WithHint(string sentence, ParseResult parsed) => sentence.Contains("--help", StringComparison.Ordinal)
        ? sentence
        : $"{sentence.TrimEnd('.')}; see '{CliHelp.PathOf(parsed.CommandResult.Command)} --help'.";

    // The parser speaks of .NET's types, and of arguments without their names.
    private static string? FindFault(ParseResult parsed)
    {
        if (parsed.CommandResult.Children.OfType<OptionResult>().Select(NumberOptions.FindFault).FirstOrDefault(fault => fault is not null) is { } number)
        {
            return number;
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        // A word that is no command counts as a missing command too; the error that names it helps more.
        ParseError error = parsed.Errors.FirstOrDefault(e => parsed.UnmatchedTokens.Any(e.Message.Contains)) ?? parsed.Errors[0];
        return error.SymbolResult switch
        {
            ArgumentResult { Argument: var argument, Tokens: [] } => $"<{argument.Name}> is missing",
            CommandResult { Command: var command, Tokens: [] } when command.Arguments.FirstOrDefault(IsRequired) is { } argument => $"<{argument.Name}> is missing",
            _ => error.Message,
        };

        static bool IsRequired(Argument argument) => argument.Arity.MinimumNumberOfValues > 0;
    }
}
