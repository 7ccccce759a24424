using System.CommandLine;
using MathNet.Numerics.Distributions;

namespace OnnxAE.Pipelines;

/// <summary><c>generate sample</c>: pictures of codes drawn from N(0, 1).</summary>
internal sealed class GenerateSampleCommand : RunPictureCommand
{
    private readonly Option<int> count = new("--count") { Description = "Number of pictures.", HelpName = "N", DefaultValueFactory = _ => 64 };

    private readonly Option<int> seed = new("--seed") { Description = "The same seed gives the same pictures.", HelpName = "N", DefaultValueFactory = _ => 1 };

    /// <summary>Declares what the command takes.</summary>
    public GenerateSampleCommand(CliContext context)
        : base("sample", "Decodes codes drawn from N(0, 1).", context, usesImages: false)
    {
        count.RequireBetween(1, 10_000);
        seed.RequireAtLeast(0);
        Add(count);
        Add(seed);
    }

    /// <inheritdoc/>
    protected override Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var normal = Normal.WithMeanStdDev(0, 1, new Random(arguments.GetValue(seed)));
        float[][] codes = [.. Enumerable.Range(0, arguments.GetValue(count)).Select(_ => normal.Samples().Take(run.CodeSize).Select(v => (float)v).ToArray())];
        IReadOnlyList<float[]> pictures = run.Decode(codes);
        PictureFile file = WriteSheet(
            [.. pictures.Select(p => Picture.FromUnitRange(p, run.Side))], columns: (int)Math.Ceiling(Math.Sqrt(codes.Length)), arguments);
        if (!run.IsVariational)
        {
            Context.WriteLine($"{run.Record.Model.Architecture} is not variational: its codes need not lie where N(0, 1) does, and pictures of such draws need not look like any.");
        }

        return Task.FromResult<object>(new { Picture = file, Codes = codes });
    }
}
