using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>An encoder trained on a user's own images, all of them, labels aside; kept in the cache, so that it is trained once.</summary>
internal sealed class OwnEncoder(CliContext cli, DataSetStore store)
{
    /// <summary>Pixels of the images that the catalogue's encoder is for.</summary>
    public const int PixelCount = Side * Side;

    private const int Side = 28;
    private const int VerifiedImages = 1_000;

    /// <summary>Finds it in the cache, or trains it.</summary>
    /// <param name="data">The images.</param>
    /// <param name="architectureId">The catalogue's row.</param>
    /// <param name="seed">Of its weights and its training.</param>
    /// <param name="display">Shows how far it is.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>Its run folder.</returns>
    /// <exception cref="TrainingInterruptedException">Training was stopped; the same command goes on with it.</exception>
    public async Task<string> GetAsync(ClassifyData data, string architectureId, int seed, IProgressDisplay display, CancellationToken cancellationToken)
    {
        ImageSet images = await display.RunAsync($"Reading {data.Name}", _ => Task.FromResult(ReadImages(data, cancellationToken)));
        string hash = RunData.Hash(images)[..16];
        string run = Path.Combine(store.CacheFolder, "encoders", $"{architectureId}-{hash}-seed{seed}");
        if (File.Exists(Path.Combine(run, RunFolder.RecordFile)))
        {
            return run;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(run)!);
        Architecture architecture = ModelCatalog.Get(architectureId);
        using UnfinishedRun unfinished = UnfinishedRun.Open(run, UnfinishedRun.Exists(run));
        using EncoderNetwork model = architecture.CreateNetwork(seed);
        TrainingOptions options = TrainingOptions.For(architecture, seed);
        TrainingHistory history;
        try
        {
            history = await display.RunAsync($"Training {architectureId}", step => Task.FromResult(Train(options, model, images, unfinished, step, cancellationToken)));
        }
        catch (TrainingDivergedException)
        {
            unfinished.KeepDiverged(model); // without its checkpoint: the next call begins anew
            throw;
        }
        catch (OperationCanceledException exception) when (unfinished.CanResume)
        {
            throw new TrainingInterruptedException("Stopped; nothing is lost: the same command goes on with the encoder's training.", exception);
        }

        using RunFolder folder = RunFolder.Create(run);
        model.save(folder.PathOf(RunFolder.WeightsFile));
        RunGraphs.Write(model, architecture.Name, folder.WorkingPath);
        var some = new ImageSet(images.Pixels[..(Math.Min(VerifiedImages, images.Count) * PixelCount)], Side, Side);
        VerificationReport verification = RunGraphs.Verify(model, folder.WorkingPath, some, cancellationToken);
        verification.ThrowIfFailed();
        folder.Commit(new RunRecord
        {
            Created = cli.Time.GetUtcNow(),
            Model = RunModel.Describe(architecture, model),
            Data = RunData.Describe(data.Name, images, some),
            Training = options,
            History = history,
            Verification = verification,
            Libraries = LibraryVersion.Describe(),
        });
        unfinished.Complete();
        return run;
    }

    private TrainingHistory Train(TrainingOptions options, EncoderNetwork model, ImageSet images, UnfinishedRun unfinished, IProgressStep step, CancellationToken cancellationToken)
    {
        var trainer = new AutoencoderTrainer(options);
        ITrainingCallback[] callbacks =
        [
            new TrainingReporter(step, "validation"),
            new PeriodicCheckpoints(unfinished.CheckpointPath, CheckpointInterval.Default, cli.Time),
        ];
        return unfinished.CanResume
            ? trainer.Resume(unfinished.CheckpointPath, model, images, null, callbacks, cancellationToken)
            : trainer.Fit(model, images, null, callbacks, cancellationToken);
    }

    private static ImageSet ReadImages(ClassifyData data, CancellationToken cancellationToken)
    {
        byte[] pixels = new byte[checked(data.Count * PixelCount)];
        VectorColumn.ForEach(
            data.Images,
            "Pixels",
            (row, values) =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    pixels[(row * PixelCount) + i] = values[i] is >= 0 and <= 1
                        ? (byte)MathF.Round(values[i] * byte.MaxValue)
                        : throw new InvalidDataException($"Row {row + 1} of '{data.Name}' has a pixel of {values[i]}, expected 0 to 1; --pixels unit divides numbers up to 255.");
                }
            },
            cancellationToken);
        return new ImageSet(pixels, Side, Side);
    }
}
