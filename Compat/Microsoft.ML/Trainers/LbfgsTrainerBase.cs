using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class LbfgsTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
    where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
{
    private readonly TOptions _options;

    private protected LbfgsTrainerBase(IHostEnvironment env, TOptions options, SchemaShape.Column label)
        : base(env, options, label)
    {
        Contracts.CheckParam(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive (or empty for default)");
        Contracts.CheckParam(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative");
        Contracts.CheckParam(options.L1Regularization >= 0, nameof(options.L1Regularization), "Must be non-negative");
        Contracts.CheckParam(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Contracts.CheckParam(options.HistorySize > 0, nameof(options.HistorySize), "Must be positive");
        Contracts.CheckParam(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        _options = options;
    }

    private protected int ThreadCount => _options.NumberOfThreads ?? System.Environment.ProcessorCount;

    private protected float L2Regularization => _options.L2Regularization;

    /// <summary>Minimizes a loss whose first <paramref name="biasCount"/> parameters are free of any penalty.</summary>
    private protected float[] Minimize(Objective loss, int parameterCount, int biasCount, int rowCount, float[] initial)
    {
        float[] start = initial ?? new float[parameterCount];
        float l1Weight = _options.L1Regularization / rowCount;
        bool nonNegative = _options.EnforceNonNegativity;
        Minimizer minimizer = l1Weight > 0
            ? new OwlqnMinimizer(loss, start, _options.HistorySize, biasCount, l1Weight, nonNegative)
            : new LbfgsMinimizer(loss, start, _options.HistorySize, nonNegative);
        return minimizer.Minimize(new MeanImprovementCriterion(_options.OptimizationTolerance, lambda: 0.25f, _options.MaximumNumberOfIterations));
    }

    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        public float L2Regularization = 1;

        public float L1Regularization = 1;

        internal float OptimizationTolerance = 1e-7f;

        internal int HistorySize = 20;

        public int MaximumNumberOfIterations = int.MaxValue;

        public int? NumberOfThreads;

        public bool EnforceNonNegativity;

        private protected OptionsBase()
        {
        }
    }
}
