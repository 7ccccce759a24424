using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>inspect units</c>: the mean code, decoded, and with one dimension at a time at its maximum.</summary>
internal sealed class InspectUnitsCommand(CliContext context)
    : RunPictureCommand("units", "Decodes the mean code, each dimension in turn at its maximum.", "runs/vae-2-mnist --out units.png", context, usesImages: true)
{
    private const int LargestCode = 1024;

    protected override async Task<object> RunAsync(TrainedRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (run.CodeSize > LargestCode)
        {
            throw new UsageException($"The codes of this run have {run.CodeSize:N0} dimensions; up to {LargestCode:N0} can be shown one at a time.");
        }

        RowSet images = (await LoadImagesAsync(run, arguments, null, cancellationToken)).Test;
        CodeStatistics statistics = CodeStatistics.Of(run.Encode(images));
        IReadOnlyList<float[]> codes = statistics.Explore();
        PictureFile file = WriteDecoded(run, codes, SquareColumns(codes.Count), arguments);
        Context.WriteLine("First the mean code, then each dimension at its maximum.");
        return new { Picture = file, statistics.Mean, statistics.Maximum };
    }
}
