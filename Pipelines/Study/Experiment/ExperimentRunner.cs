using System.Text;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Runs all arms on all draws of all shares of all data sets, and tells what came of it.</summary>
internal sealed class ExperimentRunner(CliContext cli, DataSetStore store, ArmSettings settings)
{
    private const string Encoders = "encoders";

    private readonly IProgressDisplay display = ProgressDisplay.For(cli);

    /// <summary>Runs the experiment, or what is left of it.</summary>
    /// <exception cref="TrainingInterruptedException">It was stopped; the same request goes on.</exception>
    /// <exception cref="InvalidOperationException">A frozen encoder's file changed.</exception>
    /// <exception cref="IOException">The output folder holds something else.</exception>
    public async Task<ExperimentResult> RunAsync(ExperimentRequest request, CancellationToken cancellationToken)
    {
        CheckPlace(request.OutputFolder);
        try
        {
            var cells = new List<CellResult>();
            var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (string dataSet in request.DataSets)
            {
                LabeledImages data = await display.RunAsync(
                    $"Loading {dataSet}",
                    step => new LabeledImagesLoader(store).LoadAsync(dataSet, new DownloadProgress(store, step), cancellationToken));
                IReadOnlyList<FrozenEncoder> encoders = !request.NeedsEncoders ? []
                    : await new EncoderLoader(cli, store, Path.Combine(request.OutputFolder, Encoders), request.Seed)
                        .LoadAsync(request.Encoders, dataSet, data, cancellationToken);
                var study = new ArmStudy(data, settings, request.OutputFolder);
                IReadOnlyList<CellResult> found = await display.RunAsync($"Experiment on {data.Name}", step => Task.FromResult(
                    study.Run(encoders, request.Arms, request.Fractions, request.Draws, request.Seed, step, cancellationToken)));
                bool isNameTaken = cells.Exists(cell => cell.Dataset == data.Name); // folders may have the same name
                cells.AddRange(isNameTaken ? found.Select(cell => cell with { Dataset = $"{data.Name} in {Path.GetDirectoryName(data.Folder)}" }) : found);
                foreach (var (file, hash) in study.EncoderHashes)
                {
                    hashes[file] = hash;
                }
            }

            string report = Path.Combine(request.OutputFolder, "report.html");
            ExperimentResult result = ExperimentResult.Of(cells, hashes, request.Seed, report);
            AtomicFile.Write(report, stream => stream.Write(Encoding.UTF8.GetBytes(ExperimentPage.Render(result))), cancellationToken);
            ExperimentSummary.Write(cli, result);
            return result;
        }
        catch (OperationCanceledException exception)
        {
            throw new TrainingInterruptedException("Stopped; nothing is lost: the same command goes on from here.", exception);
        }
    }

    // What is there already is gone on with, and its report replaced: it must be an experiment's.
    private static void CheckPlace(string folder)
    {
        string[] parts = [ArmStudy.Slices, ArmStudy.Results, Encoders];
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !parts.Any(part => Directory.Exists(Path.Combine(folder, part))))
        {
            throw new IOException($"'{folder}' is not empty and holds no earlier experiment. Choose another folder with --out, or empty this one.");
        }
    }
}
