using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba, 2014).</summary>
public class Adam : OptimizerHelper, optim.IBetas
{
    private readonly double _eps;
    private readonly double _weightDecay;

    internal Adam(IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        : base(parameters, lr, stateCount: 2)
    {
        if (amsgrad || maximize)
        {
            throw new NotSupportedException("Adam's amsgrad and maximize are not part of the system stack.");
        }

        Betas = (beta1, beta2);
        _eps = eps;
        _weightDecay = weight_decay;
    }

    public (double, double) Betas { get; set; }

    private protected override void Update(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr)
    {
        var (beta1, beta2) = Betas;
        var (mean, square) = (state[0], state[1]);
        if (_weightDecay != 0)
        {
            grad = grad.add(parameter, _weightDecay);
        }

        mean.mul_(beta1).add_(grad, 1 - beta1);
        square.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
        var scale = square.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(_eps);
        parameter.addcdiv_(mean, scale, -lr / (1 - Math.Pow(beta1, step)));
    }
}
