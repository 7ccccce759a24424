using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference;

/// <summary>Turns settings into the options of an ONNX Runtime session.</summary>
internal static class SessionSettings
{
    /// <summary>Starts a session on the CPU or a GPU.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime doesn't accept the model.</exception>
    /// <exception cref="GpuException">The GPU can't be used, and the CPU isn't allowed instead.</exception>
    public static InferenceSession Start(byte[] model, RunSettings settings, string source, out string device)
    {
        if (settings.GpuDeviceId is { } gpu)
        {
            try
            {
                device = $"CUDA {gpu}";
                return Start(model, settings, gpu);
            }
            catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or NotSupportedException)
            {
                if (!settings.FallbackToCpu)
                {
                    throw new GpuException(
                        $"'{source}' can't run on the GPU {gpu} ({FirstLine(e)}); install ONNX Runtime's CUDA package, or take the CPU (fallbackToCpu in a program, no --gpu on the command line).", e);
                }

                settings.Log($"'{source}' runs on the CPU: the GPU {gpu} can't be used ({FirstLine(e)}).");
            }
        }

        try
        {
            device = "CPU";
            return Start(model, settings, gpu: null);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime doesn't accept '{source}': {FirstLine(e)}", e);
        }
    }

    /// <summary>What an exception says before it goes into details.</summary>
    public static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim();

    private static InferenceSession Start(byte[] model, RunSettings settings, int? gpu)
    {
        using SessionOptions options = new() { IntraOpNumThreads = settings.IntraOpThreads };
        if (gpu is { } device)
            options.AppendExecutionProvider_CUDA(device);
        settings.ConfigureSession?.Invoke(options);
        return new InferenceSession(model, options);
    }
}

/// <summary>A GPU can't be used, and the CPU isn't allowed instead.</summary>
internal sealed class GpuException(string message, Exception inner) : InvalidOperationException(message, inner);
