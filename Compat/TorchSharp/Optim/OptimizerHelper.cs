using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: a step over every parameter that has a gradient.</summary>
public abstract partial class OptimizerHelper : optim.Optimizer
{
    private readonly Dictionary<Parameter, ParameterState> _states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper(IEnumerable<Parameter> parameters, double lr, int stateCount) : base(parameters, lr)
    {
        foreach (var parameter in this.parameters())
        {
            _states[parameter] = new ParameterState(parameter, stateCount);
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
                    var state = _states[parameter];
                    CountStep(state);
                    Blocks.ForEach([parameter, grad, .. state.Tensors], state.Steps, group.LearningRate, Update);
                    scope.DisposeEverything();
                }
            }
        }
    }

    private protected virtual void CountStep(ParameterState state) => state.Steps++;

    /// <summary>Changes one block of a parameter in place.</summary>
    /// <param name="parameter">The values to change.</param>
    /// <param name="grad">Their gradient; must not be changed.</param>
    /// <param name="state">What the optimizer remembers of them.</param>
    /// <param name="step">1 in the first step.</param>
    /// <param name="lr">The learning rate.</param>
    private protected abstract void Update(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr);

    private protected override void DisposeState()
    {
        foreach (var state in _states.Values)
        {
            state.Dispose();
        }
    }
}
