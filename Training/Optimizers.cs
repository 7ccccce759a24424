using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>The optimizers by name.</summary>
internal static class Optimizers
{
    private const double RMSpropAveraging = 0.9; // Hinton's and Keras's; TorchSharp's default is 0.99

    /// <summary>Makes the optimizer that the options name, with its other constants at TorchSharp's defaults.</summary>
    public static OptimizerHelper Create(TrainingOptions options, IEnumerable<Parameter> parameters) => options.Optimizer switch
    {
        OptimizerKind.Adam => optim.Adam(parameters, options.LearningRate, weight_decay: options.WeightDecay),
        OptimizerKind.AdamW => optim.AdamW(parameters, options.LearningRate, weight_decay: options.WeightDecay),
        OptimizerKind.RMSprop => optim.RMSProp(parameters, options.LearningRate, RMSpropAveraging, weight_decay: options.WeightDecay, momentum: options.Momentum),
        OptimizerKind.Sgd => optim.SGD(parameters, options.LearningRate, momentum: options.Momentum, weight_decay: options.WeightDecay),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "Unknown optimizer."),
    };

    /// <summary>Sets the rate of the next step.</summary>
    public static void SetLearningRate(this OptimizerHelper optimizer, double rate)
    {
        foreach (optim.ILearningRateController group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }
    }
}
