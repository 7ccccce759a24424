using System.CommandLine;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>models</c>: the catalogue of families and fixed networks.</summary>
internal sealed class ModelsCommand : CliCommand
{
    private static readonly int[] UsualShape = [1, 28, 28];

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "Family or fixed network to show with its layers and training settings.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly RowShapeOptions _shape = new();
    private readonly Option<int?> _code = CliOptions.Number("--code", "Numbers a code.").RequireAtLeast(1);

    public ModelsCommand(CliContext context)
        : base("models", "Lists families and fixed networks, or shows one.", "conv-contrastive --size 64x48 --color --code 128", context) =>
        Declare([_name, .. _shape.All, _code]);

    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<int>? shape = _shape.Read(arguments);
        int? code = arguments.GetValue(_code);
        if (arguments.GetValue(_name) is { } name)
        {
            Figures only = Describe(Choose(name, shape, code));
            Write(only);
            return Task.FromResult<object>(new { Models = new[] { only } });
        }

        if (shape is not null || code is not null)
        {
            throw new UsageException("--size, --color, --columns and --code are for one network; name it, for example: onnxae models dense --size 64x48.");
        }

        List<Figures> models = [.. ModelCatalog.All.Select(Describe)];
        WriteFamilies();
        WriteFixed(models);
        return Task.FromResult<object>(new
        {
            Families = ModelCatalog.BuiltIn.Families.Select(family => new { Id = family.Name, family.Description, family.NeedsPictures }),
            Models = models,
        });
    }

    // A fixed network by its name and a family at its usual shape; with a shape or a code, whichever can be made for them.
    private static Architecture Choose(string name, IReadOnlyList<int>? shape, int? code)
    {
        Architecture? one = ModelCatalog.BuiltIn.Find(name);
        return one is not null && shape is null && code is null ? one : ModelCatalog.Get(name, shape ?? one?.InputShape ?? UsualShape, code);
    }

    private void WriteFamilies()
    {
        Context.WriteLine("Families make a network for rows of any shape. 'code' is usual for 28x28 pixels.");
        var table = new ResultTable("family", "rows", "#code", "what it is");
        foreach (ModelFamily family in ModelCatalog.BuiltIn.Families)
        {
            table.Add(family.Name, family.NeedsPictures ? "pictures" : "any", Quantity.Number(family.DefaultCodeSize(UsualShape)), family.Description);
        }

        table.Write(Context);
    }

    private void WriteFixed(IEnumerable<Figures> models)
    {
        Context.WriteLine("Fixed networks take grey pictures of 28x28 pixels.");
        var table = new ResultTable("name", "source", "#parameters", "what it is");
        foreach (Figures model in models)
        {
            table.Add(model.Id, model.Alias ?? "", Quantity.Number(model.Parameters), model.Description);
        }

        table.Write(Context);
    }

    private void Write(Figures model)
    {
        TrainingDefaults training = model.Training;
        var table = new ResultTable(model.Id, "");
        table.Add("what it is", model.Description);
        table.Add("source", model.Alias is { } alias ? $"{alias}: {model.Source}" : model.Source);
        if (model.DataSet.Length > 0)
        {
            table.Add("data set", model.DataSet);
        }

        table.Add("rows", model.InputShape is [var channels, var height, var width]
            ? $"pictures {width} wide and {height} high, {Quantity.Of(channels, "channel")}"
            : $"{Quantity.Of(model.InputShape[0], "number")}");
        table.Add("code", Quantity.Of(model.CodeSize, "number"));
        table.Add("layers", model.Layers);
        table.Add("parameters", Quantity.Number(model.Parameters));
        table.Add("length", training.Steps is { } steps ? Quantity.Of(steps, "step") : Quantity.Of(training.Epochs, "epoch"));
        table.Add("batch", $"{training.BatchSize}");
        table.Add("optimizer", $"{training.Optimizer}, {training.Schedule} learning rate {training.LearningRate}");
        table.Add("loss", training.Objective);
        table.Add("corruption", training.Corruption ?? "none");
        table.Write(Context);
    }

    private static Figures Describe(Architecture architecture)
    {
        using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
        return new Figures(
            architecture.Name, architecture.Alias, architecture.Description, architecture.Source, architecture.DataSet, network.InputShape,
            network.CodeSize, architecture.Layers, architecture.Kind, ModuleWeights.Count(network), architecture.Training);
    }

    // A network, as --json has it.
    private sealed record Figures(
        string Id, string? Alias, string Description, string Source, string DataSet, IReadOnlyList<int> InputShape,
        int CodeSize, string Layers, ArchitectureKind Kind, long Parameters, TrainingDefaults Training);
}
