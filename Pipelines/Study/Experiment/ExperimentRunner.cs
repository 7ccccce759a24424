using System.Text;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Runs all arms on all draws of all shares of all data sets, and tells what came of it.</summary>
internal sealed class ExperimentRunner(CliContext cli, DataSetStore store, ArmSettings settings)
{
    private const string Encoders = "encoders";

    private readonly IProgressDisplay _display = ProgressDisplay.For(cli);

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
                LabeledImages data = await _display.RunAsync(
                    $"Loading {dataSet}",
                    step => new LabeledImagesLoader(store).LoadAsync(request.Data(dataSet), step, cancellationToken));
                IReadOnlyList<FrozenEncoder> encoders = !request.NeedsEncoders ? []
                    : await new EncoderLoader(cli, store, Path.Combine(request.OutputFolder, Encoders), request.Seed)
                        .LoadAsync(request.Encoders, dataSet, data, cancellationToken);
                var study = new ArmStudy(data, settings, request.OutputFolder);
                IReadOnlyList<CellResult> found = await _display.RunAsync($"Experiment on {data.Name}", step => Task.FromResult(
                    study.Run(encoders, request.Arms, request.Fractions, request.Draws, request.Seed, step, cancellationToken)));
                bool isNameTaken = cells.Exists(cell => cell.Dataset == data.Name); // folders may have the same name
                cells.AddRange(isNameTaken ? found.Select(cell => cell with { Dataset = $"{data.Name} in {Path.GetDirectoryName(data.Folder)}" }) : found);
                foreach (var (file, hash) in study.EncoderHashes)
                {
                    hashes[file] = hash;
                }
            }

            string report = Path.Combine(request.OutputFolder, "report.html");
            var result = new ExperimentResult(cells, hashes, request.Seed, Environment.ProcessorCount, LibraryVersion.Describe(), report);
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

/// <summary>What the command line asks of an experiment.</summary>
/// <param name="DataSets">Known data sets, or folders with IDX files.</param>
/// <param name="Fractions">Shares of the labels, each above 0 and at most 1.</param>
/// <param name="Draws">Draws of the labels for each share.</param>
/// <param name="Arms">The kinds of arms.</param>
/// <param name="Encoders">The encoders; none for the data sets' own.</param>
/// <param name="Seed">Seed of the first draw and of the encoders that are trained here.</param>
/// <param name="OutputFolder">Where slices, results, encoders and the report go.</param>
internal sealed record ExperimentRequest(
    IReadOnlyList<string> DataSets,
    IReadOnlyList<double> Fractions,
    int Draws,
    IReadOnlyCollection<ArmKind> Arms,
    IReadOnlyList<EncoderSpec> Encoders,
    int Seed,
    string OutputFolder)
{
    /// <summary>How each data set is read.</summary>
    public Func<string, DataRequest> Data { get; init; } = source => new DataRequest(source);

    /// <summary>Whether there is an arm that stands on an encoder, or has its layers.</summary>
    public bool NeedsEncoders => Arms.Any(kind => kind is not (ArmKind.Raw or ArmKind.Pca));
}

/// <summary>
/// An experiment's figures, as <c>--json</c> writes them: those of the first data set and share, and all of them as
/// <see cref="Cells"/>. But for the seconds, the same seed gives the same figures.
/// </summary>
/// <param name="Cells">Every data set with every share of the labels.</param>
/// <param name="Encoders">SHA-256 of each file that features were read from, the same before the first and after the last fit.</param>
/// <param name="Seed">The first draw's seed.</param>
/// <param name="Cores">Processor cores.</param>
/// <param name="Libraries">Libraries in use.</param>
/// <param name="Report">Path of the report.</param>
internal sealed record ExperimentResult(
    IReadOnlyList<CellResult> Cells, IReadOnlyDictionary<string, string> Encoders, int Seed, int Cores, IReadOnlyList<LibraryVersion> Libraries, string Report)
    : CellResult(Cells[0]);
