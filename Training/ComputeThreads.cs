using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>How many threads libtorch computes with, chosen in this one place.</summary>
internal static class ComputeThreads
{
    /// <summary>Uses every core that this process may run on.</summary>
    public static void Configure()
    {
        if (get_num_threads() != Environment.ProcessorCount)
        {
            set_num_threads(Environment.ProcessorCount);
        }
    }
}
