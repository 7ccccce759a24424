using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>inspect</c>: what a network has learnt, in pictures.</summary>
internal sealed class InspectCommand : Command
{
    /// <summary>Adds the subcommands.</summary>
    public InspectCommand(CliContext context)
        : base("inspect", "Shows what a network has learnt: codes, code dimensions, scatter plots.")
    {
        Add(new InspectCodesCommand(context));
        Add(new InspectUnitsCommand(context));
        Add(new InspectScatterCommand(context));
    }
}
