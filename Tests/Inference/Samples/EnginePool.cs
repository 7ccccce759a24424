// docs/SCORING.md: begin
using System.Collections.Concurrent;
using Microsoft.ML;

namespace OnnxAE.Tests;

/// <summary>
/// Single predictions from many threads, as in a web service: a prediction engine is for one thread, the model behind it
/// for all, so that engines are lent out and share the model and its one session.
/// </summary>
internal sealed class EnginePool<TInput, TOutput>(MLContext ml, ITransformer model)
    where TInput : class
    where TOutput : class, new()
{
    // Not to be disposed: an engine takes its model with it. Dispose the model when the last prediction is made.
    private readonly ConcurrentBag<PredictionEngine<TInput, TOutput>> _idle = [];

    public TOutput Predict(TInput input)
    {
        if (!_idle.TryTake(out PredictionEngine<TInput, TOutput>? engine))
        {
            engine = ml.Model.CreatePredictionEngine<TInput, TOutput>(model);
        }

        try
        {
            return engine.Predict(input);
        }
        finally
        {
            _idle.Add(engine);
        }
    }
}
// docs/SCORING.md: end
