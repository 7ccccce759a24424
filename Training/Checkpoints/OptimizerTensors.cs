using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// What an optimizer remembers of its parameters, as named tensors. TorchSharp's own state files would do for it, but
/// their reader trusts the lengths in a file.
/// </summary>
internal static class OptimizerTensors
{
    /// <summary>The averages by name, such as <c>3.exp_avg</c> of the fourth parameter; they stay the optimizer's.</summary>
    public static IEnumerable<KeyValuePair<string, Tensor>> Of(OptimizerHelper optimizer) =>
        optimizer.state_dict().State.SelectMany((state, i) => Tensors(state).Select(pair => KeyValuePair.Create($"{i}.{pair.Name}", pair.Value)));

    /// <summary>Steps that each parameter has taken; bias corrections count them. SGD counts none.</summary>
    public static long[] StepsOf(OptimizerHelper optimizer) => [.. optimizer.state_dict().State.Select(state => state switch
    {
        Adam.State adam => adam.step,
        AdamW.State adam => adam.step,
        RMSProp.State rms => rms.step,
        _ => 0,
    })];

    /// <summary>Puts averages and steps back into an optimizer of the same kind over the same parameters.</summary>
    /// <exception cref="InvalidDataException">They are not this optimizer's.</exception>
    public static void Restore(OptimizerHelper optimizer, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyList<long> steps)
    {
        List<OptimizerState> states = optimizer.state_dict().State;
        if (steps.Count != states.Count)
        {
            throw new InvalidDataException($"The checkpoint knows {steps.Count} parameters, the network has {states.Count}.");
        }

        foreach (var (state, parameter, i) in states.Zip(optimizer.parameters(), Enumerable.Range(0, states.Count)))
        {
            // SGD makes its buffer at the first step that needs one.
            if (state is SGD.State { momentum_buffer: null } sgd && tensors.ContainsKey($"{i}.momentum_buffer"))
            {
                sgd.momentum_buffer = zeros_like(parameter).DetachFromDisposeScope();
            }

            SetSteps(state, steps[i]);
        }

        var targets = new Dictionary<string, Tensor>(Of(optimizer));
        TensorMatch.Require(tensors, targets);
        using var gradients = no_grad();
        foreach ((string name, Tensor target) in targets)
        {
            target.copy_(tensors[name]);
        }
    }

    private static IEnumerable<(string Name, Tensor Value)> Tensors(OptimizerState state) => state switch
    {
        Adam.State adam => [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq)],
        AdamW.State adam => [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq)],
        RMSProp.State rms => [("square_avg", rms.square_avg), ("momentum_buffer", rms.momentum_buffer)],
        SGD.State { momentum_buffer: { } buffer } => [("momentum_buffer", buffer)],
        SGD.State => [],
        _ => throw new NotSupportedException($"Checkpoints do not know the optimizer of {state.GetType().FullName}."),
    };

    private static void SetSteps(OptimizerState state, long steps)
    {
        switch (state)
        {
            case Adam.State adam:
                adam.step = steps;
                break;
            case AdamW.State adam:
                adam.step = steps;
                break;
            case RMSProp.State rms:
                rms.step = steps;
                break;
        }
    }
}
