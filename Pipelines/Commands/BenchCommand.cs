using System.CommandLine;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>bench</c>: speed, as ratios against reference engines within one run.</summary>
internal sealed class BenchCommand : Command
{
    /// <summary>Adds the subcommands.</summary>
    public BenchCommand(CliContext context)
        : base("bench", "Speed against reference engines, measured side by side.")
    {
        Add(new BenchTrainingCommand(context));
        Add(new BenchScoringCommand(context));
    }
}
