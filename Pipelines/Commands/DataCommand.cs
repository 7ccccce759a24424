using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>data</c>: what has to do with data sets.</summary>
internal sealed class DataCommand : Command
{
    /// <summary>Adds the subcommands.</summary>
    public DataCommand(CliContext context)
        : base("data", "Finds and downloads data sets.")
    {
        Add(new DataListCommand(context));
        Add(new DataGetCommand(context));
    }
}
