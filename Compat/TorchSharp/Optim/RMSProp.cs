using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>RMSprop (Hinton, 2012).</summary>
public class RMSProp : OptimizerHelper, optim.IMomentum
{
    private double _alpha;
    private double _eps;
    private double _weightDecay;

    internal RMSProp(IEnumerable<Parameter> parameters, double lr, double alpha, double eps, double weight_decay, double momentum, bool centered, bool maximize)
        : base(parameters, lr, stateCount: 2)
    {
        RequireNeither(centered, maximize);
        _alpha = alpha;
        _eps = eps;
        _weightDecay = weight_decay;
        Momentum = momentum;
    }

    public double Momentum { get; set; }

    private protected override void Update(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr)
    {
        if (_weightDecay != 0)
        {
            grad = grad.add(parameter, _weightDecay);
        }

        var (square, velocity) = (state[0], state[1]);
        square.mul_(_alpha).addcmul_(grad, grad, 1 - _alpha);
        var scale = square.sqrt().add_(_eps);
        if (Momentum > 0)
        {
            velocity.mul_(Momentum).addcdiv_(grad, scale, 1);
            parameter.add_(velocity, -lr);
        }
        else
        {
            parameter.addcdiv_(grad, scale, -lr);
        }
    }

    private protected override void SaveOptions(BinaryWriter writer)
    {
        writer.Write(false);
        writer.Write(Momentum);
        writer.Write(_alpha);
        writer.Write(_eps);
        writer.Write(_weightDecay);
        writer.Write(false);
    }

    private protected override void LoadOptions(BinaryReader reader)
    {
        bool maximize = reader.ReadBoolean();
        Momentum = reader.ReadDouble();
        _alpha = reader.ReadDouble();
        _eps = reader.ReadDouble();
        _weightDecay = reader.ReadDouble();
        RequireNeither(centered: reader.ReadBoolean(), maximize);
    }

    // The original keeps a mean of the gradient, too, which only the centered form changes from zeros.
    private protected override void SaveState(BinaryWriter writer, ParameterState state)
    {
        using var mean = zeros_like(state.Tensors[0]);
        writer.Write(state.Steps);
        StateFile.WriteTensor(writer, state.Tensors[0]);
        StateFile.WriteOptionalTensor(writer, state.Tensors[1]);
        StateFile.WriteOptionalTensor(writer, mean);
    }

    private protected override void LoadState(BinaryReader reader, ParameterState state)
    {
        using var mean = zeros_like(state.Tensors[0]);
        state.Steps = reader.ReadInt64();
        StateFile.ReadTensor(reader, state.Tensors[0]);
        StateFile.ReadOptionalTensor(reader, state.Tensors[1]);
        StateFile.ReadOptionalTensor(reader, mean);
    }

    private static void RequireNeither(bool centered, bool maximize)
    {
        if (centered || maximize)
        {
            throw new NotSupportedException("RMSProp's centered and maximize are not part of the system stack.");
        }
    }
}
