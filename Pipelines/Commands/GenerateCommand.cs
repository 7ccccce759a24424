using System.CommandLine;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>generate</c>: pictures out of codes.</summary>
internal sealed class GenerateCommand : Command
{
    /// <summary>Adds the subcommands.</summary>
    public GenerateCommand(CliContext context)
        : base("generate", "Decodes codes of a run's network to pictures: drawn, chosen, on a way or on a grid.")
    {
        Add(new GenerateSampleCommand(context));
        Add(new GenerateAtCommand(context));
        Add(new GenerateInterpolateCommand(context));
        Add(new GenerateGridCommand(context));
    }
}
