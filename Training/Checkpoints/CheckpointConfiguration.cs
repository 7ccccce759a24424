using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OnnxAE.Inference;
using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>What must be the same for a run to go on as it would have: settings and images, as texts by name.</summary>
internal static class CheckpointConfiguration
{
    /// <summary>Describes a run.</summary>
    public static SortedDictionary<string, string> Of(TrainingRun run)
    {
        TrainingOptions options = run.Options;
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = DescribeNetwork(run.Model),
            ["steps in all"] = Text(run.StepCount),
            ["batch size"] = Text(options.BatchSize),
            ["optimizer"] = options.Optimizer.ToString(),
            ["learning rate"] = Text(options.LearningRate),
            ["schedule"] = DescribeSchedule(options),
            ["weight decay"] = Text(options.WeightDecay),
            ["momentum"] = Text(options.Momentum),
            ["gradient clipping"] = options.GradientClipping is { } norm ? Text(norm) : "none",
            ["seed"] = Text(options.Seed),
            ["loss"] = $"{options.Objective}",
            ["corruption"] = options.Corruption?.ToString() ?? "none",
            ["training images"] = Describe(run.Train),
            ["validation images"] = run.Validation is { } images ? Describe(images) : "none",
        };
    }

    /// <summary>Demands that a checkpoint's run was set up as this one is.</summary>
    /// <exception cref="InvalidDataException">It was not; the message names the first difference.</exception>
    public static void Require(IReadOnlyDictionary<string, string> found, TrainingRun run)
    {
        foreach ((string name, string value) in Of(run))
        {
            string before = found.GetValueOrDefault(name, "unknown");
            if (before != value)
            {
                throw new InvalidDataException(
                    $"It was saved with another setting, {name}: {before} there, {value} here. Ask for the same, or start a new run elsewhere.");
            }
        }
    }

    // As it was before the rise could be chosen, so that checkpoints from then go on.
    private static string DescribeSchedule(TrainingOptions options) =>
        options.WarmUp == new TrainingOptions().WarmUp ? $"{options.Schedule}" : $"{options.Schedule}, rising for {Text(options.WarmUp)} of the steps";

    private static string Describe(ImageSet images) =>
        $"{images.Count} of {images.Height} x {images.Width}, SHA-256 {Hash(images.Pixels)[..16]}, labels {Hash(images.Labels)[..16]}";

    // Names and types of all modules: two networks of equal weights may still differ in an activation.
    private static string DescribeNetwork(EncoderNetwork model)
    {
        IEnumerable<string> modules = model.named_modules().Select(entry => $"{entry.name}:{entry.module.GetType().Name}");
        return $"{model.GetType().Name} {Hash(Encoding.UTF8.GetBytes(string.Join('\n', modules)))[..16]}";
    }

    private static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
