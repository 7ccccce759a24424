using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>How the rows are trained.</summary>
/// <param name="Folder">Where each row's run goes.</param>
internal sealed record ReproduceSettings(string Folder)
{
    /// <summary>The seed where none is given.</summary>
    public const int UsualSeed = 1;

    private const int QuickEpochs = 3;
    private const int QuickTrainImages = 2_000;
    private const int QuickTestImages = 500;

    /// <summary>A few epochs on a few images: whether everything works, not how well.</summary>
    public bool Quick { get; init; }

    /// <summary>The catalogue's faster settings, in at most half of the documents' epochs.</summary>
    public bool Tuned { get; init; }

    /// <summary>With <see cref="Tuned"/>: in as many epochs as the documents take to their figures.</summary>
    public bool FullLength { get; init; }

    /// <summary>Decides first weights, order and noise.</summary>
    public int Seed { get; init; } = UsualSeed;

    /// <summary>Draws of labels whose accuracies are averaged.</summary>
    public int Draws => Quick ? 1 : 3;

    /// <summary>Whether the row is trained in this mode.</summary>
    public bool Includes(SeedRow row) => !Tuned || ModelCatalog.Get(row.Id).Tuned is not null;

    /// <summary>The row's run folder; other ways to train it, and other seeds, have others.</summary>
    public string PathOf(SeedRow row) => Path.Combine(
        Folder,
        row.Id + (Tuned ? "-tuned" : "") + (FullLength ? "-full" : "") + (Quick ? "-quick" : "")
            + (Seed == UsualSeed ? "" : string.Create(CultureInfo.InvariantCulture, $"-seed{Seed}")));

    /// <summary>The settings of the row's training.</summary>
    public TrainingOptions OptionsFor(SeedRow row)
    {
        Architecture architecture = ModelCatalog.Get(row.Id);
        TrainingDefaults defaults = Tuned ? architecture.Tuned! : architecture.Training;
        TrainingOptions options = TrainingOptions.For(architecture with { Training = defaults }, Seed);
        if (FullLength)
        {
            options = options with { Epochs = row.DocumentedEpochs };
        }

        // What is trained on a few labels is quick as it is, and would not get anywhere in fewer epochs.
        return Quick && !row.Transfers ? options with { Epochs = QuickEpochs, Steps = null } : options;
    }

    /// <summary>The images that the row is trained and measured on.</summary>
    public LabeledImages Limit(LabeledImages data) =>
        Quick ? data with { Train = First(data.Train, QuickTrainImages), Test = First(data.Test, QuickTestImages) } : data;

    private static RowSet First(RowSet images, int count) => images.Slice(0, Math.Min(count, images.Count));
}
