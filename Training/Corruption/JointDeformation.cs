using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Neighbouring deformations with one interpolation: where a pixel is read is moved by the sum of what each would move it.</summary>
/// <param name="steps">At least one.</param>
internal sealed class JointDeformation(params IReadOnlyList<IDeformation> steps) : ICorruption
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        long[] shape = SquareImages.Shape(clean, $"the deformation '{this}'"); // [N, 1, side, side]
        Tensor identity = tensor(new float[] { 1, 0, 0, 0, 1, 0 }, [1, 2, 3]);
        Tensor places = functional.affine_grid(identity, [1, .. shape[1..]], align_corners: false).expand(shape[0], shape[2], shape[3], 2);
        foreach (IDeformation step in steps)
        {
            places = step.Move(places, shape, generator);
        }

        return functional.grid_sample(clean.reshape(shape), places.to(clean.device), align_corners: false).reshape(clean.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", steps);
}
