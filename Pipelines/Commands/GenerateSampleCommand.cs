using System.CommandLine;
using MathNet.Numerics.Distributions;

namespace OnnxAE.Pipelines;

/// <summary><c>generate sample</c>: pictures of codes drawn from N(0, 1).</summary>
internal sealed class GenerateSampleCommand : RunPictureCommand
{
    private readonly Option<int> _count = CliOptions.Number("--count", "Number of pictures.", 64).RequireBetween(1, 10_000);
    private readonly Option<int> _seed = CliOptions.Seed("Seed of the draws. The same seed gives the same pictures.");

    public GenerateSampleCommand(CliContext context)
        : base("sample", "Decodes codes drawn from N(0, 1).", "runs/vae-2-mnist --count 25 --out sample.png", context, usesImages: false) =>
        Declare(_count, _seed);

    protected override Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var normal = Normal.WithMeanStdDev(0, 1, new Random(arguments.GetValue(_seed)));
        float[][] codes = [.. Enumerable.Range(0, arguments.GetValue(_count)).Select(_ => normal.Samples().Take(run.CodeSize).Select(v => (float)v).ToArray())];
        PictureFile file = WriteDecoded(run, codes, SquareColumns(codes.Length), arguments);
        if (!run.IsVariational)
        {
            Context.WriteLine($"{run.Record.Model.Architecture} is not variational: its codes need not lie where N(0, 1) does, and pictures of such draws "
                + "need not look like any.");
        }

        return Task.FromResult<object>(new { Picture = file, Codes = codes });
    }
}
