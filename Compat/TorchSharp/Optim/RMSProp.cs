using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>RMSprop (Hinton, 2012).</summary>
public class RMSProp : OptimizerHelper, optim.IMomentum
{
    private readonly double _alpha;
    private readonly double _eps;
    private readonly double _weightDecay;

    internal RMSProp(IEnumerable<Parameter> parameters, double lr, double alpha, double eps, double weight_decay, double momentum, bool centered, bool maximize)
        : base(parameters, lr, stateCount: 2)
    {
        if (centered || maximize)
        {
            throw new NotSupportedException("RMSProp's centered and maximize are not part of the system stack.");
        }

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
}
