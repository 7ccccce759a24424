using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class NormalizationCatalog
{
    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        bool useCdf = false)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new NormalizingEstimator(catalog.Environment, new MeanVarianceOptions(outputColumnName, inputColumnName ?? outputColumnName, maximumExampleCount, fixZero, useCdf));
    }

    public static NormalizingEstimator NormalizeMeanVariance(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        long maximumExampleCount = 1000000000,
        bool fixZero = true,
        bool useCdf = false)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(columns, nameof(columns));
        return new NormalizingEstimator(catalog.Environment, Array.ConvertAll<InputOutputColumnPair, NormalizerOptions>(columns, column =>
            new MeanVarianceOptions(column.OutputColumnName, column.InputColumnName, maximumExampleCount, fixZero, useCdf)));
    }

    public static NormalizingEstimator NormalizeMinMax(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        long maximumExampleCount = 1000000000,
        bool fixZero = true)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new NormalizingEstimator(catalog.Environment, new MinMaxOptions(outputColumnName, inputColumnName ?? outputColumnName, maximumExampleCount, fixZero));
    }

    public static LpNormNormalizingEstimator NormalizeLpNorm(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        LpNormNormalizingEstimatorBase.NormFunction norm = LpNormNormalizingEstimatorBase.NormFunction.L2,
        bool ensureZeroMean = false)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new LpNormNormalizingEstimator(catalog.Environment, new LpNormalization(outputColumnName, inputColumnName ?? outputColumnName, norm, ensureZeroMean));
    }
}
