using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Parameters that an optimizer treats alike.</summary>
internal sealed class ParamGroup : ILearningRateController
{
    internal ParamGroup(IReadOnlyList<Parameter> parameters, double lr)
    {
        if (lr < 0)
        {
            throw new ArgumentException($"Invalid learning rate: {lr}");
        }

        Parameters = parameters;
        LearningRate = InitialLearningRate = lr;
    }

    public IEnumerable<Parameter> Parameters { get; set; }

    public double LearningRate { get; set; }

    public double InitialLearningRate { get; set; }
}
