using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class LpNormNormalizingEstimator : LpNormNormalizingEstimatorBase
{
    internal LpNormNormalizingEstimator(IHostEnvironment env, params LpNormalization[] columns)
        : base(env, new LpNormNormalizingTransformer(env, columns))
    {
    }
}
