using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public sealed class SdcaMaximumEntropyMulticlassTrainer : SdcaMulticlassTrainerBase<MaximumEntropyModelParameters>
{
    internal SdcaMaximumEntropyMulticlassTrainer(IHostEnvironment env, Options options)
        : base(env, options)
    {
    }

    private protected override MaximumEntropyModelParameters CreateModel(float[] parameters, TrainingSet rows) =>
        new(parameters, rows.ClassCount, rows.FeatureCount, labelNames: null);

    public sealed class Options : MulticlassOptions
    {
    }
}
