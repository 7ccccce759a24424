using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>generate</c>: pictures out of codes.</summary>
internal sealed class GenerateCommand : Command
{
    /// <summary>Adds the subcommands.</summary>
    public GenerateCommand(CliContext context)
        : base("generate", "Makes pictures from codes: drawn, given, on a path or on a grid.")
    {
        Add(new GenerateSampleCommand(context));
        Add(new GenerateAtCommand(context));
        Add(new GenerateInterpolateCommand(context));
        Add(new GenerateGridCommand(context));
    }
}
