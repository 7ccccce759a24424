using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum if wished.</summary>
public class SGD : OptimizerHelper, optim.IMomentum
{
    private readonly double _dampening;
    private readonly double _weightDecay;
    private readonly bool _nesterov;

    internal SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
        : base(parameters, learningRate, stateCount: 1)
    {
        if (maximize)
        {
            throw new NotSupportedException("SGD's maximize is not part of the system stack.");
        }

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
}
