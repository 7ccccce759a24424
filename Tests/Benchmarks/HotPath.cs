using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace OnnxAE.Benchmarks;

/// <summary><c>hot-path</c>: what a row costs on its way through a cursor, in time and memory, by BenchmarkDotNet.</summary>
internal static class HotPath
{
    /// <summary>What it is called on the command line.</summary>
    public const string Name = "hot-path";

    private const int Iterations = 7;

    /// <summary>Runs all benchmarks, or those that BenchmarkDotNet's arguments choose.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        // Within this process: a program that BenchmarkDotNet builds would bring 1.2 GB of native libraries along.
        Job job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithStrategy(RunStrategy.Monitoring) // an iteration is one pass over all rows
            .WithWarmupCount(1)
            .WithIterationCount(Iterations);
        string artifacts = Path.Combine(Path.GetTempPath(), "onnxae-benchmarks");
        IEnumerable<Summary> summaries = BenchmarkSwitcher
            .FromTypes([typeof(EncodingBenchmarks), typeof(NeighborBenchmarks)])
            .Run(arguments is [] ? ["--filter", "*"] : arguments, DefaultConfig.Instance.AddJob(job).WithArtifactsPath(artifacts));
        return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
