using System.Globalization;
using System.Text;

namespace OnnxAE.Training;

/// <summary>
/// A line an epoch: epoch, step, learning rate, losses and their parts, seconds, images a second. Comma-separated, numbers
/// with a point and all their digits, an empty field where nothing was measured.
/// </summary>
/// <param name="path">The file; its folder is made where there is none.</param>
public sealed class CsvLog(string path) : RunLog(path)
{
    /// <inheritdoc/>
    public override string StateName => "csv";

    /// <inheritdoc/>
    protected override void Begin()
    {
        // The names of a loss's parts are known with the first epoch.
    }

    /// <inheritdoc/>
    protected override void Write(EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        List<(string Name, double? Value)> fields =
        [
            ("epoch", epoch.Epoch),
            ("step", epoch.Step),
            ("learning_rate", epoch.LearningRate),
            ("train_loss", epoch.TrainLoss),
            .. Parts("train_", epoch.TrainParts),
            ("validation_loss", epoch.ValidationLoss),
            .. Parts("validation_", epoch.ValidationParts),
            ("seconds", Math.Round(epoch.Seconds, 3)),
            ("images_per_second", Math.Round(epoch.ImagesPerSecond, 1)),
        ];
        if (Output.Position == 0)
        {
            WriteLine(fields.Select(field => field.Name));
        }

        WriteLine(fields.Select(field => field.Value?.ToString("R", CultureInfo.InvariantCulture) ?? ""));
    }

    private static IEnumerable<(string Name, double? Value)> Parts(string prefix, IReadOnlyDictionary<string, double>? parts) =>
        parts?.Select(part => (prefix + part.Key, (double?)part.Value)) ?? [];

    private void WriteLine(IEnumerable<string> fields) => Output.Write(Encoding.UTF8.GetBytes(string.Join(',', fields) + "\n"));
}
