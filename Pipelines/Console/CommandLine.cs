using System.CommandLine;
using System.CommandLine.Help;
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
            if (parsed.Errors.Count > 0)
            {
                // A word that is no command counts as a missing command too; the error that names it helps more.
                var error = parsed.Errors.FirstOrDefault(e => parsed.UnmatchedTokens.Any(e.Message.Contains)) ?? parsed.Errors[0];
                throw new UsageException(WithHint(Sentence(error), parsed));
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

    private static string WithHint(string sentence, ParseResult parsed) => $"{sentence.TrimEnd('.')}; see '{Path(parsed.CommandResult.Command)} --help'.";

    // The parser speaks of .NET's types, and of arguments without their names.
    private static string Sentence(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Option: var option, Tokens: [var token] } when NumberNameOf(option.ValueType) is { } number && error.Message.Contains("type", StringComparison.Ordinal)
            => $"{option.Name} must be {number}, not '{token.Value}'",
        ArgumentResult { Argument: var argument, Tokens: [] } => $"<{argument.Name}> is missing",
        CommandResult { Command: var command, Tokens: [] } when command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0) is { } argument
            => $"<{argument.Name}> is missing",
        _ => error.Message,
    };

    private static string? NumberNameOf(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 => FormattableString.Invariant($"a whole number up to {int.MaxValue:N0}"),
        TypeCode.Double => "a number",
        _ => null,
    };

    // A plain command, since a RootCommand is called what the process's program file is called.
    private static Command CreateRoot(CliContext context)
    {
        var root = new Command("onnxae", "Autoencoders trained in TorchSharp, exported to ONNX, used as ML.NET transformers.")
        {
            new HelpOption(),
            new VersionOption(),
            CliCommand.Json,
            new DemoCommand(context),
            new DataCommand(context),
            new ModelsCommand(context),
            new TrainCommand(context),
            new ExportCommand(context),
            new VerifyCommand(context),
            new GenerateCommand(context),
            new InspectCommand(context),
            new InfoCommand(context),
            new ComposeCommand(context),
            new RenameCommand(context),
            new QuantizeCommand(context),
            new ClassifyCommand(context),
            new ExperimentCommand(context),
            new ReproduceCommand(context),
        };
        foreach (RowsCommand command in RowsCommand.CreateAll(context))
        {
            root.Add(command);
        }

        return root;
    }

    private static string Path(Symbol symbol) =>
        symbol.Parents.FirstOrDefault() is { } parent ? $"{Path(parent)} {symbol.Name}" : symbol.Name;
}
