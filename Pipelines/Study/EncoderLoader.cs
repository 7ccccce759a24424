using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Finds the encoders that the command line names, and trains those that are named by an architecture's id, once.</summary>
internal sealed class EncoderLoader(CliContext cli, DataSetStore store, string folder, int seed)
{
    /// <summary>The encoders for a data set.</summary>
    /// <param name="specs">What the command line names; none for the data set's own.</param>
    /// <param name="asked">The data set as the command line names it.</param>
    /// <param name="data">The data set.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="UsageException">One of them is neither a run, nor a file, nor an architecture, or has learned from labels.</exception>
    /// <exception cref="TrainingInterruptedException">Training was stopped, and can be gone on with.</exception>
    public async Task<IReadOnlyList<FrozenEncoder>> LoadAsync(
        IReadOnlyList<EncoderSpec> specs, string asked, LabeledImages data, CancellationToken cancellationToken)
    {
        DataSetDefaults defaults = DataSetDefaults.For(data);
        EncoderSpec[] own = [.. specs.Where(spec => spec.DataSet is null || spec.DataSet == asked)];
        var encoders = new List<FrozenEncoder>();
        foreach (EncoderSpec spec in own.Length > 0 ? own : [new EncoderSpec(null, defaults.Encoder, null)])
        {
            FrozenEncoder encoder = Find(spec, defaults)
                ?? Find(spec with { Target = await GetTrainedAsync(spec.Target, asked, data, cancellationToken) }, defaults)!;
            int same = encoders.Count(other => other.Name == encoder.Name || other.Name.StartsWith(encoder.Name + " #", StringComparison.Ordinal));
            encoders.Add(same == 0 ? encoder : encoder with { Name = $"{encoder.Name} #{same + 1}" });
        }

        return encoders;
    }

    /// <summary>An encoder that is there already; null where the name is that of no run and no file.</summary>
    /// <param name="spec">What the command line names.</param>
    /// <param name="defaults">Which layer to read where it doesn't say so.</param>
    /// <exception cref="UsageException">It has learned from labels.</exception>
    public static FrozenEncoder? Find(EncoderSpec spec, DataSetDefaults defaults)
    {
        FrozenEncoder? encoder = RunFolder.Exists(spec.Target) ? OfRun(spec.Target)
            : File.Exists(spec.Target) ? OfFile(spec.Target)
            : null;
        bool hasMap = encoder?.MapFile is not null;
        return encoder is null ? null : encoder with
        {
            Layer = hasMap ? spec.Layer ?? defaults.Layer : FeatureLayer.Code,
            ShowsBothLayers = hasMap && spec.Layer is null,
        };
    }

    // A run's name ends in what it was trained on: folders of the same name, and files that changed, have runs of their own.
    private async Task<string> GetTrainedAsync(string id, string asked, LabeledImages data, CancellationToken cancellationToken)
    {
        Architecture architecture = ModelCatalog.BuiltIn.FindFamily(id)?.Create(data.Train.Shape) ?? ModelCatalog.BuiltIn.Find(id)
            ?? throw new UsageException($"--encoder '{id}' is neither a run folder, nor an .onnx file, nor an architecture ('onnxae models' lists them).");
        RefuseClassifier(id, architecture);
        string run = Path.Combine(folder, $"{architecture.Name}-{data.Name}-{data.Train.Hash()[..8]}-seed{seed}");
        if (!RunFolder.Exists(run))
        {
            await TrainAsync(architecture, asked, data, run, cancellationToken);
        }

        return run;
    }

    // No image but those of the training set is looked at before the last step is taken.
    private async Task TrainAsync(Architecture architecture, string dataSet, LabeledImages data, string run, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await new TrainRunner(cli, store).RunAsync(
            new TrainRequest
            {
                Architecture = _ => architecture,
                Data = new DataRequest(dataSet),
                Images = data,
                OutputFolder = run,
                Options = _ => TrainingOptions.For(architecture, seed),
                Validation = new ValidationChoice(null, UsesTest: false),
                Resume = UnfinishedRun.Exists(run),
            },
            cancellationToken);
    }

    private static FrozenEncoder OfRun(string run)
    {
        RunRecord record = RunRecord.Load(run);
        Architecture architecture = record.Model.Find();
        RefuseClassifier(run, architecture);
        string code = Path.Combine(run, OnnxNames.EncoderFile);
        string map = Path.Combine(run, OnnxNames.FeaturesFile);
        return new FrozenEncoder(architecture.Name, File.Exists(code) ? code : throw new UsageException($"The run '{run}' has no {OnnxNames.EncoderFile}."))
        {
            MapFile = File.Exists(map) && ModelHash.OfFile(map) != ModelHash.OfFile(code) ? map : null,
            RunFolder = run,
            Architecture = architecture,
            Corruption = record.Training.Corruption,
            TrainingSeconds = record.History?.Seconds ?? 0,
            WeightsSha256 = record.Model.WeightsHash,
        };
    }

    // Of a file nothing is known but what it says of itself: files of ours name their architectures.
    private static FrozenEncoder OfFile(string path)
    {
        string[] names = OnnxModelInfo.Read(path).Metadata.TryGetValue(AutoencoderExport.ArchitectureKey, out string? found) ? found.Split(" + ") : [];
        foreach (Architecture architecture in names.Select(ModelCatalog.BuiltIn.Find).OfType<Architecture>())
        {
            RefuseClassifier(path, architecture);
        }

        return new FrozenEncoder(Path.GetFileNameWithoutExtension(path), Path.GetFullPath(path));
    }

    private static void RefuseClassifier(string named, Architecture architecture)
    {
        if (architecture.Kind == ArchitectureKind.Classifier)
        {
            throw new UsageException($"--encoder '{named}' is {(named == architecture.Name ? "" : $"{architecture.Name}, ")}a classifier, which has learned from labels; expected an encoder trained without any.");
        }
    }
}

/// <summary>An encoder as the command line names it: <c>[DATA=]RUN|FILE|ID[:code|:map]</c>.</summary>
/// <param name="DataSet">The data set that it is for; null for every one.</param>
/// <param name="Target">A run folder, an ONNX file, or an architecture's id.</param>
/// <param name="Layer">The only layer to use; null for the data set's, with the other beside it.</param>
internal sealed record EncoderSpec(string? DataSet, string Target, FeatureLayer? Layer)
{
    /// <summary>Reads it.</summary>
    /// <param name="text">As given.</param>
    /// <param name="dataSets">The data sets of the experiment.</param>
    /// <exception cref="UsageException">Nothing is named.</exception>
    public static EncoderSpec Parse(string text, IReadOnlyCollection<string> dataSets)
    {
        string? dataSet = dataSets.FirstOrDefault(name => text.StartsWith(name + "=", StringComparison.Ordinal));
        string target = dataSet is null ? text : text[(dataSet.Length + 1)..];
        FeatureLayer? layer = null;
        foreach (FeatureLayer choice in Enum.GetValues<FeatureLayer>())
        {
            string suffix = $":{choice.ToString().ToLowerInvariant()}";
            if (target.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                (target, layer) = (target[..^suffix.Length], choice);
            }
        }

        return target.Length > 0
            ? new EncoderSpec(dataSet, target, layer)
            : throw new UsageException($"--encoder '{text}' names no encoder: expected a run folder, an .onnx file or an architecture's id.");
    }
}

/// <summary>A trained encoder as the experiment finds it: a run, or an ONNX file alone.</summary>
/// <param name="Name">For people, of its own in the experiment.</param>
/// <param name="CodeFile">Pixels to codes.</param>
internal sealed record FrozenEncoder(string Name, string CodeFile)
{
    /// <summary>Pixels to the map; null where there is no such file.</summary>
    public string? MapFile { get; init; }

    /// <summary>The layer that the semi-supervised arms stand on.</summary>
    public FeatureLayer Layer { get; init; }

    /// <summary>Whether the other layer gets a linear head too.</summary>
    public bool ShowsBothLayers { get; init; }

    /// <summary>The run; null for a file.</summary>
    public string? RunFolder { get; init; }

    /// <summary>The run's row in the catalogue; null for a file.</summary>
    public Architecture? Architecture { get; init; }

    /// <summary>How the images were changed in its training; null for not at all.</summary>
    public ICorruption? Corruption { get; init; }

    /// <summary>What its training took.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>SHA-256 of the run's weights.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>The file of a layer.</summary>
    public string FileOf(FeatureLayer layer) => layer == FeatureLayer.Map ? MapFile ?? CodeFile : CodeFile;
}
