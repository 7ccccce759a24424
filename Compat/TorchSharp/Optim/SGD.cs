using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum if wished.</summary>
public class SGD : OptimizerHelper, optim.IMomentum
{
    private double _dampening;
    private double _weightDecay;
    private bool _nesterov;

    internal SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
        : base(parameters, learningRate, stateCount: 1)
    {
        RequireMinimize(maximize);
        Momentum = momentum;
        _dampening = dampening;
        _weightDecay = weight_decay;
        _nesterov = nesterov;
    }

    public double Momentum { get; set; }

    private protected override void Update(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr)
    {
        if (_weightDecay != 0)
        {
            grad = grad.add(parameter, _weightDecay);
        }

        if (Momentum != 0)
        {
            var velocity = state[0];
            velocity.mul_(Momentum).add_(grad, step == 1 ? 1 : 1 - _dampening);
            grad = _nesterov ? grad.add(velocity, Momentum) : velocity;
        }

        parameter.add_(grad, -lr);
    }

    /// <summary>Steps with momentum count: the velocity begins with the first of them.</summary>
    private protected override void CountStep(ParameterState state) => state.Steps += Momentum != 0 ? 1 : 0;

    private protected override void SaveOptions(BinaryWriter writer)
    {
        writer.Write(Momentum);
        writer.Write(_dampening);
        writer.Write(_weightDecay);
        writer.Write(_nesterov);
        writer.Write(false);
    }

    private protected override void LoadOptions(BinaryReader reader)
    {
        Momentum = reader.ReadDouble();
        _dampening = reader.ReadDouble();
        _weightDecay = reader.ReadDouble();
        _nesterov = reader.ReadBoolean();
        RequireMinimize(reader.ReadBoolean());
    }

    private protected override void SaveState(BinaryWriter writer, ParameterState state) =>
        StateFile.WriteOptionalTensor(writer, state.Steps > 0 ? state.Tensors[0] : null);

    private protected override void LoadState(BinaryReader reader, ParameterState state) =>
        state.Steps = StateFile.ReadOptionalTensor(reader, state.Tensors[0]) ? 1 : 0;

    private static void RequireMinimize(bool maximize)
    {
        if (maximize)
        {
            throw new NotSupportedException("SGD's maximize is not part of the system stack.");
        }
    }
}
