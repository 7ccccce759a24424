using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Maximum entropy, fitted anew to its own predictions for the unlabeled rows.</summary>
internal sealed class SelfTrainingHead(HeadSettings settings) : Head(settings)
{
    public override string Suffix => " + self-training";
    public override bool LearnsFromAllRows => true;
    public override object OwnSettings => new { Settings.SelfTrainingRounds, Settings.SelfTrainingNumbers };
    public override string Describe(string features) => $"Maximum entropy on {features}, taught its own predictions, the certain ones first.";
    public override double ExpectedSeconds(LabelSlice slice, int dimension) => 4 + (1e-6 * Settings.SelfTrainingNumbers);
    public override string? WhyNot(LabelSlice slice) => slice.IsWhole ? "no label is hidden, so there is nothing to predict for" : null;

    public override IEstimator<ITransformer> CreateTrainer(HeadTask task) => task.ML.MulticlassClassification.Trainers.SelfTraining(
        LinearHead.Trainer(task.ML, task.Setting, isWeighted: true, Settings.TrainerThreads),
        new SelfTrainingOptions
        {
            ExampleWeightColumnName = WeightColumn,
            MaximumPseudoLabeledRows = Settings.SelfTrainingNumbers / task.Dimension,
            Rounds = Settings.SelfTrainingRounds,
            Seed = task.Seed,
            CancellationToken = task.CancellationToken,
        });
}
