using System.CommandLine;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A command of <c>onnxae</c>: it prints for people and returns its figures for <c>--json</c>.</summary>
internal abstract class CliCommand : Command
{
    /// <summary>Names the command and binds it to its surroundings.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="description">What it does, in a line.</param>
    /// <param name="example">What stands behind the name in a real command line; the help ends with it.</param>
    /// <param name="context">Console, error stream and clock.</param>
    protected CliCommand(string name, string description, string example, CliContext context)
        : base(name, description)
    {
        Example = example;
        Context = context;
        SetAction(InvokeAsync);
    }

    /// <summary>Taken by every command.</summary>
    public static Option<string?> Json { get; } = new("--json")
    {
        Description = "Write the figures to this JSON file too.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>What stands behind the name in a real command line.</summary>
    public string Example { get; }

    /// <summary>Console, error stream and clock.</summary>
    protected CliContext Context { get; }

    /// <summary>Whether the command can't do without libtorch; it is then loaded first, or one sentence says why it can't be.</summary>
    protected virtual bool NeedsLibtorch => true;

    /// <summary>Declares arguments and options, in the order of the help.</summary>
    protected void Declare(params IEnumerable<Symbol> symbols)
    {
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                Add(argument);
            }
            else
            {
                Add((Option)symbol);
            }
        }
    }

    /// <summary>Does the work and prints it.</summary>
    /// <returns>The figures, as an object that serialises to JSON.</returns>
    protected abstract Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? json = arguments.GetValue(Json);
        if (json is not null)
        {
            JsonFile.CheckWritable(json);
        }

        if (NeedsLibtorch)
        {
            Libtorch.Require();
        }

        try
        {
            Write(await RunAsync(arguments, cancellationToken));
        }
        catch (IncompleteException exception)
        {
            Write(exception.Figures);
            throw;
        }

        return ExitCode.Success;

        void Write(object figures)
        {
            if (json is not null)
            {
                JsonFile.Write(figures, json);
            }
        }
    }
}
