using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Tests;

/// <summary>Models of one float input and one float output, run once.</summary>
internal static class OnnxRun
{
    public static (float[] Values, long[] Shape) Run(byte[] model, float[] values, params long[] shape)
        => Run(model, GraphOptimizationLevel.ORT_ENABLE_ALL, values, shape);

    public static (float[] Values, long[] Shape) Run(byte[] model, GraphOptimizationLevel level, float[] values, params long[] shape)
    {
        using SessionOptions options = new() { GraphOptimizationLevel = level, IntraOpNumThreads = 1 };
        using InferenceSession session = new(model, options);
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[0].GetTensorTypeAndShape().Shape);
    }
}
