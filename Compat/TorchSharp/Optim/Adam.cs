using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba, 2014).</summary>
public class Adam : OptimizerHelper, optim.IBetas
{
    private double _eps;
    private double _weightDecay;

    internal Adam(IEnumerable<Parameter> parameters, double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        : base(parameters, lr, stateCount: 2)
    {
        AdamStep.Require(beta1, beta2, eps, weight_decay, amsgrad, maximize);
        Betas = (beta1, beta2);
        _eps = eps;
        _weightDecay = weight_decay;
    }

    public (double, double) Betas { get; set; }

    private protected override void Update(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr)
    {
        if (_weightDecay != 0)
        {
            grad = grad.add(parameter, _weightDecay);
        }

        AdamStep.Take(parameter, grad, state, step, lr, Betas, _eps);
    }

    private protected override void SaveOptions(BinaryWriter writer) => AdamStep.SaveOptions(writer, Betas, _eps, _weightDecay);

    private protected override void LoadOptions(BinaryReader reader) => (Betas, _eps, _weightDecay) = AdamStep.LoadOptions(reader);

    private protected override void SaveState(BinaryWriter writer, ParameterState state) => AdamStep.SaveState(writer, state);

    private protected override void LoadState(BinaryReader reader, ParameterState state) => AdamStep.LoadState(reader, state);
}
