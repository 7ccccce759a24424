namespace Microsoft.ML.Runtime;

/// <summary>What components ask of the <see cref="MLContext"/> that they were made by. Only it implements this.</summary>
public interface IHostEnvironment
{
    /// <summary>The seed that the user gave, if any.</summary>
    internal int? Seed { get; }

    /// <summary>The device that ONNX models run on; null is the CPU.</summary>
    internal int? GpuDeviceId { get; }

    /// <summary>Whether an ONNX model runs on the CPU where the device is not there.</summary>
    internal bool FallbackToCpu { get; }

    /// <summary>A generator of its own for one component; reproducible where the context has a seed.</summary>
    internal Random CreateRandom(int? seed = null);
}
