using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference.Transforms;

/// <summary>Turns settings into the options of an ONNX Runtime session.</summary>
internal static class SessionSettings
{
    /// <summary>Options for the CPU or a GPU.</summary>
    /// <exception cref="InvalidOperationException">The GPU can't be used, and the CPU isn't allowed instead.</exception>
    public static SessionOptions Create(RunSettings settings, string source)
    {
        SessionOptions options = new() { IntraOpNumThreads = settings.IntraOpThreads };
        if (settings.GpuDeviceId is not { } device)
            return options;
        try
        {
            options.AppendExecutionProvider_CUDA(device);
            return options;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or NotSupportedException)
        {
            options.Dispose();
            if (settings.FallbackToCpu)
                return new SessionOptions { IntraOpNumThreads = settings.IntraOpThreads };
            throw new InvalidOperationException(
                $"'{source}' can't run on the GPU {device} ({FirstLine(e)}); install ONNX Runtime's CUDA package, or allow the CPU with fallbackToCpu.", e);
        }
    }

    /// <summary>What an exception says before it goes into details.</summary>
    public static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim();
}
