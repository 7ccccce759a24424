using OnnxAE.Inference.DataSets;
using OnnxAE.Models;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Evaluation;
using OnnxAE.Pipelines.Train;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.FewLabels;

/// <summary>Finds the encoders that the command line names, and trains those that are named by an architecture's id, once.</summary>
internal sealed class EncoderLoader(CliContext cli, DataSetStore store, string folder, int seed)
{
    /// <summary>The encoders for a data set.</summary>
    /// <param name="specs">What the command line names; none for the data set's own.</param>
    /// <param name="asked">The data set as the command line names it.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="UsageException">One of them is neither a run, nor a file, nor an architecture.</exception>
    /// <exception cref="TrainingInterruptedException">Training was stopped, and can be gone on with.</exception>
    public async Task<IReadOnlyList<FrozenEncoder>> LoadAsync(
        IReadOnlyList<EncoderSpec> specs, string asked, string name, CancellationToken cancellationToken)
    {
        DataSetDefaults defaults = DataSetDefaults.For(name);
        EncoderSpec[] own = [.. specs.Where(spec => spec.DataSet is null || spec.DataSet == asked)];
        var encoders = new List<FrozenEncoder>();
        foreach (EncoderSpec spec in own.Length > 0 ? own : [new EncoderSpec(null, defaults.Encoder, null)])
        {
            FrozenEncoder encoder = await FindAsync(spec, asked, name, cancellationToken);
            int same = encoders.Count(other => other.Name == encoder.Name || other.Name.StartsWith(encoder.Name + " #", StringComparison.Ordinal));
            bool hasMap = encoder.MapFile is not null;
            encoders.Add(encoder with
            {
                Name = same == 0 ? encoder.Name : $"{encoder.Name} #{same + 1}",
                Layer = hasMap ? spec.Layer ?? defaults.Layer : FeatureLayer.Code,
                ShowsBothLayers = hasMap && spec.Layer is null,
            });
        }

        return encoders;
    }

    private async Task<FrozenEncoder> FindAsync(EncoderSpec spec, string asked, string name, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(spec.Target, RunFolder.RecordFile)))
        {
            return OfRun(spec.Target);
        }

        if (File.Exists(spec.Target))
        {
            return new FrozenEncoder(Path.GetFileNameWithoutExtension(spec.Target), Path.GetFullPath(spec.Target));
        }

        Architecture architecture = ModelCatalog.All.FirstOrDefault(row => row.Id.Equals(spec.Target, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"--encoder '{spec.Target}' is neither a run folder, nor an .onnx file, nor an architecture ('onnxae models' lists them).");
        string run = Path.Combine(folder, $"{architecture.Id}-{name}-seed{seed}");
        if (!File.Exists(Path.Combine(run, RunFolder.RecordFile)))
        {
            await TrainAsync(architecture, asked, run, cancellationToken);
        }

        return OfRun(run);
    }

    // No image but those of the training set is looked at before the last step is taken.
    private async Task TrainAsync(Architecture architecture, string dataSet, string run, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await new TrainRunner(cli, store).RunAsync(
            new TrainRequest
            {
                Architecture = architecture,
                DataSet = dataSet,
                OutputFolder = run,
                Options = TrainingOptions.For(architecture, seed),
                Validation = new ValidationChoice(null, UsesTest: false),
                Checkpoints = CheckpointInterval.Default,
                Resume = UnfinishedRun.Exists(run),
                ResumeCommand = "the same command",
            },
            cancellationToken);
    }

    private static FrozenEncoder OfRun(string run)
    {
        RunRecord record = RunRecord.Load(Path.Combine(run, RunFolder.RecordFile));
        string code = Path.Combine(run, OnnxNames.EncoderFile);
        string map = Path.Combine(run, OnnxNames.FeaturesFile);
        return new FrozenEncoder(record.Model.Architecture, File.Exists(code) ? code : throw new UsageException($"The run '{run}' has no {OnnxNames.EncoderFile}."))
        {
            MapFile = File.Exists(map) && ModelHash.OfFile(map) != ModelHash.OfFile(code) ? map : null,
            RunFolder = run,
            Architecture = ModelCatalog.Get(record.Model.Architecture),
            Corruption = record.Training.Corruption,
            TrainingSeconds = record.History?.Seconds ?? 0,
            WeightsSha256 = record.Model.WeightsHash,
        };
    }
}
