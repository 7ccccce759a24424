using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class SdcaTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
    where TOptions : SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase
{
    private const float LeastL2Regularization = 1e-9f; // the dual problem needs some

    private readonly TOptions _options;

    private protected SdcaTrainerBase(IHostEnvironment env, TOptions options, SchemaShape.Column label)
        : base(env, options, label)
    {
        Contracts.CheckParam(options.L2Regularization is null or >= 0, nameof(options.L2Regularization), "L2 constant must be non-negative.");
        Contracts.CheckParam(options.L1Regularization is null or >= 0, nameof(options.L1Regularization), "L1 threshold must be non-negative.");
        Contracts.CheckParam(options.MaximumNumberOfIterations is null or > 0, nameof(options.MaximumNumberOfIterations), "Max number of iterations must be positive.");
        Contracts.CheckParam(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "The number of threads must be either null or a positive integer.");
        _options = options;
    }

    /// <summary>
    /// What the options leave open is chosen by the size of the data. The first training decides for those that follow,
    /// as in the original, which writes its choice into the options.
    /// </summary>
    private protected SdcaSettings ChooseSettings(TrainingSet rows)
    {
        Contracts.Check(rows.Count > 0, "Training set has 0 instances, aborting training.");
        int iterations = _options.MaximumNumberOfIterations ??= Math.Max(1, 500000 / rows.Count) * 3;
        float l2 = _options.L2Regularization ??= Math.Max(1e-6f, 20f / ((long)Math.Max(2, iterations / 2) * rows.Count));
        float l1 = _options.L1Regularization ??= rows.FeatureCount switch
        {
            < 100 => 0,
            < 1000 => 0.25f,
            < 10000 => 0.5f,
            _ => 1,
        };
        return new SdcaSettings(Math.Max(l2, LeastL2Regularization), l1, iterations);
    }

    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        internal float? L2Regularization;

        internal float? L1Regularization;

        /// <summary>Checked, and then left: training runs on one thread here, whose results are the same every time.</summary>
        public int? NumberOfThreads;

        internal int? MaximumNumberOfIterations;

        private protected OptionsBase()
        {
        }
    }
}
