using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary><c>classify</c>: a classifier from few labels, and what it says of new images.</summary>
internal sealed class ClassifyCommand : Command
{
    /// <summary>Adds the subcommands.</summary>
    public ClassifyCommand(CliContext context)
        : base("classify", "Classifies images from many examples and few labels.")
    {
        Add(new ClassifyFitCommand(context));
        Add(new ClassifyScoreCommand(context));
    }
}
