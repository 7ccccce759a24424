using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class LbfgsTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
    where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
{
    private static readonly TrainerInfo Wishes = new(needNormalization: true, wantCaching: true);

    private readonly TOptions _options;

    private protected LbfgsTrainerBase(IHostEnvironment env, TOptions options, SchemaShape.Column label)
        : base(
            new SchemaShape.Column(options.FeatureColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false),
            label,
            options.ExampleWeightColumnName is null
                ? default
                : new SchemaShape.Column(options.ExampleWeightColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false))
    {
        Contracts.CheckParam(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive (or empty for default)");
        Contracts.CheckParam(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative");
        Contracts.CheckParam(options.L1Regularization >= 0, nameof(options.L1Regularization), "Must be non-negative");
        Contracts.CheckParam(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Contracts.CheckParam(options.HistorySize > 0, nameof(options.HistorySize), "Must be positive");
        Contracts.CheckParam(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        Environment = env;
        _options = options;
    }

    public override TrainerInfo Info => Wishes;

    private protected IHostEnvironment Environment { get; }

    private protected int ThreadCount => _options.NumberOfThreads ?? System.Environment.ProcessorCount;

    private protected float L2Regularization => _options.L2Regularization;

    /// <summary>Minimizes a loss whose first <paramref name="biasCount"/> parameters are free of any penalty.</summary>
    private protected float[] Minimize(Objective loss, int parameterCount, int biasCount, int rowCount, float[] initial)
    {
        float[] start = initial ?? DrawStart(parameterCount);
        float l1Weight = _options.L1Regularization / rowCount;
        bool nonNegative = _options.EnforceNonNegativity;
        Minimizer minimizer = l1Weight > 0
            ? new OwlqnMinimizer(loss, start, _options.HistorySize, biasCount, l1Weight, nonNegative)
            : new LbfgsMinimizer(loss, start, _options.HistorySize, nonNegative);
        return minimizer.Minimize(new MeanImprovementCriterion(_options.OptimizationTolerance, lambda: 0.25f, _options.MaximumNumberOfIterations));
    }

    private float[] DrawStart(int parameterCount)
    {
        var start = new float[parameterCount];
        if (_options.InitialWeightsDiameter > 0)
        {
            Random random = Environment.CreateRandom();
            for (int i = 0; i < start.Length; i++)
                start[i] = _options.InitialWeightsDiameter * (random.NextSingle() - 0.5f);
        }
        return start;
    }

    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        public float L2Regularization = 1;

        public float L1Regularization = 1;

        public float OptimizationTolerance = 1e-7f;

        public int HistorySize = 20;

        public int MaximumNumberOfIterations = int.MaxValue;

        public float InitialWeightsDiameter;

        public int? NumberOfThreads;

        /// <summary>The vectors of the optimization are always dense here.</summary>
        public bool DenseOptimizer;

        public bool EnforceNonNegativity;
    }
}
