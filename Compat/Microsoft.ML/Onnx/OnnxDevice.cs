using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Where a session runs, and with how many threads.</summary>
/// <param name="GpuDeviceId">The CUDA device; null is the CPU.</param>
/// <param name="FallbackToCpu">Whether to run on the CPU when the device is not there.</param>
/// <param name="IntraOpThreads">Threads within a node; null is ONNX Runtime's default.</param>
internal sealed record OnnxDevice(int? GpuDeviceId, bool FallbackToCpu, int? IntraOpThreads = null)
{
    public InferenceSession OpenSession(Func<SessionOptions, InferenceSession> open)
    {
        if (GpuDeviceId is not int device)
            return Open(open, new SessionOptions());
        try
        {
            return Open(open, SessionOptions.MakeSessionOptionWithCudaProvider(device));
        }
        catch (Exception e) when (FallbackToCpu && e is OnnxRuntimeException or EntryPointNotFoundException)
        {
            return Open(open, new SessionOptions());
        }
    }

    private InferenceSession Open(Func<SessionOptions, InferenceSession> open, SessionOptions options)
    {
        using (options)
        {
            options.IntraOpNumThreads = IntraOpThreads ?? 0;
            return open(options);
        }
    }
}
