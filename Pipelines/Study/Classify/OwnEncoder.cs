using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>An encoder trained on a user's own images, all of them, labels aside; kept in the cache, so that it is trained once.</summary>
internal sealed class OwnEncoder(CliContext cli, DataSetStore store)
{
    /// <summary>The images of files of rows, whose shape nothing says.</summary>
    public static readonly IReadOnlyList<int> UsualShape = [1, 28, 28];

    private const int VerifiedImages = 1_000;

    private readonly IProgressDisplay _display = ProgressDisplay.For(cli);

    /// <summary>Finds it in the cache, or trains it.</summary>
    /// <param name="data">The images.</param>
    /// <param name="architectureId">The catalogue's row.</param>
    /// <param name="seed">Of its weights and its training.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>Its run folder.</returns>
    /// <exception cref="TrainingInterruptedException">Training was stopped; the same command goes on with it.</exception>
    public async Task<string> GetAsync(ClassifyData data, string architectureId, int seed, CancellationToken cancellationToken)
    {
        RowSet images = data.Bytes
            ?? await _display.RunAsync($"Reading {data.Name}", _ => Task.FromResult(ReadImages(data, cancellationToken)));
        string path = Path.Combine(store.CacheFolder, "encoders", $"{architectureId}-{images.Hash()[..16]}-seed{seed}");
        if (RunFolder.Exists(path))
        {
            return path;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Architecture architecture = ModelCatalog.Get(architectureId, images.Shape);
        using RunTrainer run = new(path, architecture, TrainingOptions.For(architecture, seed), cli.Time) { Metadata = data.Metadata };
        run.KeepCheckpoints();
        using EncoderNetwork model = architecture.CreateNetwork(seed);
        TrainingHistory history = await _display.RunAsync(
            $"Training {architectureId}",
            step => Task.FromResult(run.Train(model, images, null, [new TrainingReporter(step, "validation")], cancellationToken)));
        RowSet some = images.Slice(0, Math.Min(VerifiedImages, images.Count));
        run.Export(model, history);
        run.Verify(some, cancellationToken);
        run.Commit(RunData.Describe(data.Name, images, some), new Dictionary<string, double>());
        return path;
    }

    private static RowSet ReadImages(ClassifyData data, CancellationToken cancellationToken)
    {
        int size = RowShapes.SizeOf(UsualShape);
        byte[] pixels = new byte[checked(data.Count * size)];
        VectorColumn.ForEach(
            data.Images,
            "Pixels",
            (row, values) =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    pixels[(row * size) + i] = values[i] is >= 0 and <= 1
                        ? (byte)MathF.Round(values[i] * byte.MaxValue)
                        : throw new InvalidDataException($"Row {row + 1} of '{data.Name}' has a pixel of {values[i]}, expected 0 to 1; --pixels unit divides numbers up to 255.");
                }
            },
            cancellationToken);
        return new RowSet(pixels, UsualShape);
    }
}
