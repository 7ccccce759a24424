using System.CommandLine;
using System.Globalization;
using OnnxAE.Models;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Commands;

/// <summary><c>models</c>: the catalogue of architectures.</summary>
internal sealed class ModelsCommand(CliContext context)
    : CliCommand("models", "The catalogue of architectures: layers, parameters, training defaults.", context)
{
    /// <inheritdoc/>
    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var models = ModelCatalog.All.Select(architecture => new
        {
            architecture.Id,
            architecture.Description,
            architecture.Source,
            architecture.DataSet,
            architecture.Layers,
            architecture.Kind,
            Parameters = CountParameters(architecture),
            architecture.Training,
        }).ToList();

        var table = new ResultTable("id", "layers", "#parameters", "#length", "#batch", "loss", "input noise", "what it is");
        foreach (var model in models)
        {
            table.Add(
                model.Id,
                model.Layers,
                model.Parameters.ToString("N0", CultureInfo.InvariantCulture),
                model.Training.Steps is { } steps ? Quantity.Of(steps, "step") : Quantity.Of(model.Training.Epochs, "epoch"),
                model.Training.BatchSize.ToString(CultureInfo.InvariantCulture),
                model.Training.Objective,
                model.Training.Corruption ?? "none",
                model.Description);
        }

        table.Write(Context);
        return Task.FromResult<object>(new { Models = models });
    }

    private static long CountParameters(Architecture architecture)
    {
        using EncoderNetwork model = architecture.CreateNetwork(seed: 1);
        return ModuleWeights.Count(model);
    }
}
