using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW share.</summary>
internal static class AdamStep
{
    public static void Require(double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
    {
        RequireNeither(amsgrad, maximize);
        RequireRange(eps >= 0, "\u03b5", eps);
        RequireRange(beta1 is >= 0 and < 1, "beta1", beta1);
        RequireRange(beta2 is >= 0 and < 1, "beta2", beta2);
        RequireRange(weight_decay >= 0, "weight_decay value", weight_decay);
    }

    /// <param name="parameter">Changed in place.</param>
    /// <param name="grad">Its gradient.</param>
    /// <param name="state">The running means of the gradient and of its square.</param>
    /// <param name="step">1 in the first step.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How fast the means forget.</param>
    /// <param name="eps">Keeps the division from blowing up.</param>
    public static void Take(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr, (double, double) betas, double eps)
    {
        var (beta1, beta2) = betas;
        var (mean, square) = (state[0], state[1]);
        mean.mul_(beta1).add_(grad, 1 - beta1);
        square.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
        double correction = Math.Sqrt(1 - Math.Pow(beta2, step)); // of the square's root; a factor outside it saves a pass
        var scale = square.sqrt().add_(eps * correction);
        parameter.addcdiv_(mean, scale, -lr * correction / (1 - Math.Pow(beta1, step)));
    }

    public static void SaveOptions(BinaryWriter writer, (double, double) betas, double eps, double weightDecay)
    {
        writer.Write(betas.Item1);
        writer.Write(betas.Item2);
        writer.Write(eps);
        writer.Write(weightDecay);
        writer.Write(false);
        writer.Write(false);
    }

    public static ((double, double) Betas, double Eps, double WeightDecay) LoadOptions(BinaryReader reader)
    {
        var options = ((reader.ReadDouble(), reader.ReadDouble()), reader.ReadDouble(), reader.ReadDouble());
        RequireNeither(amsgrad: reader.ReadBoolean(), maximize: reader.ReadBoolean());
        return options;
    }

    public static void SaveState(BinaryWriter writer, ParameterState state)
    {
        writer.Write(state.Steps);
        StateFile.WriteTensor(writer, state.Tensors[0]);
        StateFile.WriteTensor(writer, state.Tensors[1]);
        writer.Write(false);
    }

    public static void LoadState(BinaryReader reader, ParameterState state)
    {
        state.Steps = reader.ReadInt64();
        StateFile.ReadTensor(reader, state.Tensors[0]);
        StateFile.ReadTensor(reader, state.Tensors[1]);
        RequireNeither(amsgrad: reader.ReadBoolean(), maximize: false);
    }

    private static void RequireNeither(bool amsgrad, bool maximize)
    {
        if (amsgrad || maximize)
        {
            throw new NotSupportedException("Adam's amsgrad and maximize are not part of the system stack.");
        }
    }

    private static void RequireRange(bool valid, string name, double value)
    {
        if (!valid)
        {
            throw new ArgumentException($"Invalid {name}: {value}");
        }
    }
}
