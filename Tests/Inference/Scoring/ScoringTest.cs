using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>What tests of scoring have in common: a context, and a folder for models.</summary>
public abstract class ScoringTest : IDisposable
{
    /// <summary>Matrix products of one row and of many add up in another order.</summary>
    private protected const float Rounding = 1e-6f;

    /// <summary>A context of the test's own.</summary>
    private protected MLContext Ml { get; } = new(seed: 1);

    /// <summary>A folder that goes with the test.</summary>
    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Scores the column Values into the column Code.</summary>
    private protected BatchedOnnxEstimator Batched(string file, int batchSize = 0)
        => Ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            OutputColumnName = "Code",
            InputColumnName = "Values",
            ModelFile = file,
            BatchSize = batchSize,
        });

    /// <summary>The codes of all rows.</summary>
    private protected float[][] Codes(string file, IDataView data)
    {
        using BatchedOnnxTransformer transformer = Batched(file).Fit(data);
        return [.. transformer.Transform(data).GetColumn<float[]>("Code")];
    }
}
