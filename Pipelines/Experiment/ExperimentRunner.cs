using System.Text;
using OnnxAE.Inference.DataSets;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Evaluation;
using OnnxAE.Pipelines.Progress;
using OnnxAE.Pipelines.Train;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Experiment;

/// <summary>Runs all arms on all draws of all shares of all data sets, and tells what came of it.</summary>
internal sealed class ExperimentRunner(CliContext cli, DataSetStore store, ExperimentSettings settings)
{
    private readonly IProgressDisplay display = ProgressDisplay.For(cli);

    /// <summary>Runs the experiment, or what is left of it.</summary>
    /// <exception cref="TrainingInterruptedException">It was stopped; the same request goes on.</exception>
    /// <exception cref="InvalidOperationException">A frozen encoder's file changed.</exception>
    public async Task<ExperimentResult> RunAsync(ExperimentRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var cells = new List<CellResult>();
            var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (string dataSet in request.DataSets)
            {
                cells.AddRange(await RunAsync(request, dataSet, hashes, cancellationToken));
            }

            string report = Path.Combine(request.OutputFolder, "report.html");
            ExperimentResult result = ExperimentResult.Of(cells, hashes, request.Seed, report);
            AtomicFile.Write(report, stream => stream.Write(Encoding.UTF8.GetBytes(ExperimentPage.Render(result))));
            ExperimentSummary.Write(cli, result);
            return result;
        }
        catch (OperationCanceledException exception)
        {
            throw new TrainingInterruptedException("Stopped; nothing is lost: the same command goes on from here.", exception);
        }
    }

    private async Task<IReadOnlyList<CellResult>> RunAsync(
        ExperimentRequest request, string dataSet, SortedDictionary<string, string> hashes, CancellationToken cancellationToken)
    {
        LabeledImages data = await display.RunAsync(
            $"Loading {dataSet}",
            step => new LabeledImagesLoader(store).LoadAsync(dataSet, new DownloadProgress(store, step), cancellationToken));
        string PathOf(string name) => Path.Combine(request.OutputFolder, name);
        IReadOnlyList<FrozenEncoder> encoders = await new EncoderLoader(cli, store, PathOf("encoders"), request.Seed)
            .LoadAsync(request.Encoders, dataSet, data, cancellationToken);
        string[] files = [.. encoders.SelectMany(encoder => new[] { encoder.CodeFile, encoder.MapFile }).OfType<string>()];
        Dictionary<string, string> before = files.Distinct().ToDictionary(file => file, ModelHash.OfFile);

        IReadOnlyList<IArm> arms = new ArmPlan(data, settings, PathOf("work")).Create(encoders, request.Arms, request.Seed);
        LabelSlice[] slices = [.. request.Fractions.SelectMany(fraction => LabelSlices.Create(data, fraction, request.Draws, request.Seed, PathOf("slices")))];
        var cache = new ResultCache(data, PathOf("results"));
        await display.RunAsync($"Experiment on {data.Name}", step =>
        {
            new ArmRunner(cache, settings, step, cancellationToken).Run(arms, slices);
            return Task.FromResult(true);
        });

        foreach (var (file, hash) in before)
        {
            hashes[file] = ModelHash.OfFile(file) == hash
                ? hash
                : throw new InvalidOperationException($"The frozen encoder '{file}' changed while classifiers were fitted to its features.");
        }

        return
        [
            .. slices.GroupBy(slice => slice.Fraction).Select(cell => CellResult.Of(
                data.Name,
                [.. cell],
                [.. arms.Select(arm => (arm, (IReadOnlyList<ArmOutcome>)[.. cell.Where(slice => arm.WhyNot(slice) is null).Select(slice => cache.Find(arm, slice)!)]))])),
        ];
    }
}
