using System.CommandLine;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>models</c>: the catalogue of architectures.</summary>
internal sealed class ModelsCommand : CliCommand
{
    private static readonly IReadOnlyList<int> UsualShape = [1, 28, 28];

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "Family or network to show with its layers and training settings.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ShapeOptions _shape = new();
    private readonly Option<int?> _columns = CliOptions.Number("--columns", "Show the family for rows of so many numbers instead of pictures.").RequireAtLeast(1);
    private readonly Option<int?> _code = CliOptions.Number("--code", "Numbers of the code. [default: by the shape]").RequireAtLeast(1);

    public ModelsCommand(CliContext context)
        : base("models", "Lists the architectures, or shows one.", "conv --size 64x48 --color --code 64", context) =>
        Declare([_name, .. _shape.All, _columns, _code]);

    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_name) is { } name)
        {
            Architecture one = Find(name, arguments);
            long parameters = CountParameters(one);
            Write(one, parameters);
            return Task.FromResult<object>(new { Models = new[] { Describe(one, parameters) } });
        }

        var families = new ResultTable("family", "rows", "what it is");
        foreach (ModelFamily family in ModelCatalog.BuiltIn.Families)
        {
            families.Add(family.Name, family.NeedsPictures ? "pictures" : "any", family.Description);
        }

        families.Write(Context);
        Context.WriteLine();
        var table = new ResultTable("network of 28x28", "source", "#parameters", "what it is");
        var models = ModelCatalog.All.Select(architecture => (Architecture: architecture, Parameters: CountParameters(architecture))).ToList();
        foreach ((Architecture architecture, long parameters) in models)
        {
            table.Add(architecture.Name, architecture.Alias ?? "", Quantity.Number(parameters), architecture.Description);
        }

        table.Write(Context);
        return Task.FromResult<object>(new
        {
            Families = ModelCatalog.BuiltIn.Families.Select(family => new { family.Name, family.Description, family.NeedsPictures }),
            Models = models.Select(model => Describe(model.Architecture, model.Parameters)),
        });
    }

    private Architecture Find(string name, ParseResult arguments)
    {
        (int Width, int Height)? size = _shape.Size(arguments);
        int? columns = arguments.GetValue(_columns), code = arguments.GetValue(_code);
        if (ModelCatalog.BuiltIn.FindFamily(name) is null && size is null && columns is null && code is null)
        {
            return ModelCatalog.Get(name);
        }

        if (columns is not null && size is not null)
        {
            throw new UsageException("--columns is for rows of numbers and --size for pictures; give one of them.");
        }

        IReadOnlyList<int> shape = columns is { } count ? [count]
            : size is var (width, height) ? [_shape.Channels(arguments), height, width]
            : [_shape.Channels(arguments), .. UsualShape.Skip(1)];
        try
        {
            return ModelCatalog.Get(name, shape, code);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message.Split(" (Parameter")[0]);
        }
    }

    private static object Describe(Architecture architecture, long parameters) => new
    {
        Id = architecture.Name,
        architecture.Alias,
        architecture.Description,
        architecture.Source,
        architecture.DataSet,
        architecture.Layers,
        architecture.Kind,
        architecture.InputShape,
        architecture.CodeSize,
        Parameters = parameters,
        architecture.Training,
    };

    private void Write(Architecture architecture, long parameters)
    {
        TrainingDefaults training = architecture.Training;
        var table = new ResultTable(architecture.Name, "");
        table.Add("what it is", architecture.Description.Length > 0 ? architecture.Description : ModelCatalog.BuiltIn.FindFamily(architecture.Name)?.Description ?? "");
        table.Add("rows", RowShapes.Say(architecture.InputShape!));
        table.Add("source", architecture.Alias is { } alias ? $"{alias}: {architecture.Source}" : architecture.Source);
        if (architecture.DataSet.Length > 0)
        {
            table.Add("data set", architecture.DataSet);
        }

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
