using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>What a network is shown of a batch, and what it should make of it.</summary>
/// <param name="Input">Pixels in [0, 1], damaged, [views * B, InputSize]: first views of all images, then their second ones.</param>
/// <param name="Target">The clean pixels, [views * B, InputSize].</param>
/// <param name="Labels">[views * B] classes, or null.</param>
internal readonly record struct ImageViews(Tensor Input, Tensor Target, Tensor? Labels)
{
    /// <summary>Damages every image of a batch as often as the objective has views, all of them at once.</summary>
    /// <param name="clean">Pixels in [0, 1], [B, InputSize].</param>
    /// <param name="labels">[B] classes, or null.</param>
    /// <param name="options">Objective and corruption of the run.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    public static ImageViews Of(Tensor clean, Tensor? labels, TrainingOptions options, Generator generator)
    {
        int views = options.Objective.Views;
        Tensor target = Repeat(clean, views);
        return new ImageViews(
            options.Corruption?.Apply(target, generator) ?? target, target, labels is null ? null : Repeat(labels, views));
    }

    private static Tensor Repeat(Tensor batch, int times) => times == 1 ? batch : cat([.. Enumerable.Repeat(batch, times)]);
}
