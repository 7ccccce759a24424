using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: a step over every parameter that has a gradient.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly Dictionary<Parameter, Tensor[]> _states = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Parameter, long> _steps = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper(IEnumerable<Parameter> parameters, double lr, int stateCount) : base(parameters, lr)
    {
        foreach (var parameter in this.parameters())
        {
            _states[parameter] = [.. Enumerable.Range(0, stateCount).Select(_ => zeros_like(parameter).DetachFromDisposeScope())];
            _steps[parameter] = 0;
        }
    }

    private protected override void TakeStep(DisposeScope scope)
    {
        foreach (var group in Groups)
        {
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is { } grad)
                {
                    Blocks.ForEach([parameter, grad, .. _states[parameter]], ++_steps[parameter], group.LearningRate, Update);
                    scope.DisposeEverything();
                }
            }
        }
    }

    /// <summary>Changes one block of a parameter in place.</summary>
    /// <param name="parameter">The values to change.</param>
    /// <param name="grad">Their gradient; must not be changed.</param>
    /// <param name="state">What the optimizer remembers of them.</param>
    /// <param name="step">1 in the first step.</param>
    /// <param name="lr">The learning rate.</param>
    private protected abstract void Update(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr);

    private protected override void DisposeState()
    {
        foreach (var tensor in _states.Values.SelectMany(state => state))
        {
            tensor.Dispose();
        }
    }
}
