using System.CommandLine;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>models</c>: the catalogue of architectures.</summary>
internal sealed class ModelsCommand : CliCommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "Architecture to show with its layers and training settings.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ModelsCommand(CliContext context)
        : base("models", "Lists the architectures, or shows one.", "dense-30", context) => Add(_name);

    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<Architecture> shown = arguments.GetValue(_name) is { } one ? [ModelCatalog.Get(one)] : ModelCatalog.All;
        var models = shown.Select(architecture => new
        {
            Id = architecture.Name,
            architecture.Alias,
            architecture.Description,
            architecture.Source,
            architecture.DataSet,
            architecture.Layers,
            architecture.Kind,
            Parameters = CountParameters(architecture),
            architecture.Training,
        }).ToList();

        if (shown is [var only])
        {
            Write(only, models[0].Parameters);
        }
        else
        {
            var table = new ResultTable("name", "source", "#parameters", "what it is");
            foreach (var model in models)
            {
                table.Add(model.Id, model.Alias ?? "", Quantity.Number(model.Parameters), model.Description);
            }

            table.Write(Context);
        }

        return Task.FromResult<object>(new { Models = models });
    }

    private void Write(Architecture architecture, long parameters)
    {
        TrainingDefaults training = architecture.Training;
        var table = new ResultTable(architecture.Name, "");
        table.Add("what it is", architecture.Description);
        table.Add("source", architecture.Alias is { } alias ? $"{alias}: {architecture.Source}" : architecture.Source);
        table.Add("data set", architecture.DataSet);
        table.Add("layers", architecture.Layers);
        table.Add("parameters", Quantity.Number(parameters));
        table.Add("length", training.Steps is { } steps ? Quantity.Of(steps, "step") : Quantity.Of(training.Epochs, "epoch"));
        table.Add("batch", $"{training.BatchSize}");
        table.Add("optimizer", $"{training.Optimizer}, {training.Schedule} learning rate {training.LearningRate}");
        table.Add("loss", training.Objective);
        table.Add("corruption", training.Corruption ?? "none");
        table.Write(Context);
    }

    private static long CountParameters(Architecture architecture)
    {
        using EncoderNetwork model = architecture.CreateNetwork(seed: 1);
        return ModuleWeights.Count(model);
    }
}
