using Microsoft.ML;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A multilayer perceptron on the labeled rows.</summary>
internal sealed class PerceptronHead(HeadSettings settings) : Head(settings)
{
    public override string SettingName => "weight decay";
    public override string Describe(string features) => $"A head with a hidden layer on {features}.";
    public override double ExpectedSeconds(LabelSlice slice, int dimension) => 4 + (2e-5 * slice.Rows.Count * dimension);

    public override double Choose(CrossValidation validation, CancellationToken cancellationToken) => validation.Choose(
        Settings.WeightDecays,
        (ml, decay) => CreateTrainer(new HeadTask(ml, decay, 0, null, validation.Seed, cancellationToken)),
        threads: 1, // its first weights come from a seed that all threads share
        cancellationToken);

    public override IEstimator<ITransformer> CreateTrainer(HeadTask task) =>
        Trainer(task, Settings.Perceptron with { WeightDecay = task.Setting }, isWeighted: false);

    /// <summary>Makes the trainer, for other heads too.</summary>
    public static MultilayerPerceptronEstimator Trainer(HeadTask task, MultilayerPerceptronOptions options, bool isWeighted) =>
        task.ML.MulticlassClassification.Trainers.MultilayerPerceptron(options with
        {
            ExampleWeightColumnName = isWeighted ? WeightColumn : null,
            Seed = task.Seed,
            CancellationToken = task.CancellationToken,
        });
}
