using System.CommandLine;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>data</c>: what has to do with data sets.</summary>
internal sealed class DataCommand : Command
{
    /// <summary>Adds the subcommands.</summary>
    public DataCommand(CliContext context)
        : base("data", "Data sets: what there is, and where it is.")
    {
        Add(new DataListCommand(context));
        Add(new DataGetCommand(context));
    }
}
