using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OnnxAE.Benchmarks;

const int Iterations = 7;

// Within this process: a program that BenchmarkDotNet builds would bring 1.2 GB of native libraries along.
Job job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithStrategy(RunStrategy.Monitoring) // an iteration is one pass over all rows
    .WithWarmupCount(1)
    .WithIterationCount(Iterations);
string artifacts = Path.Combine(Path.GetTempPath(), "onnxae-benchmarks");
BenchmarkSwitcher
    .FromTypes([typeof(EncodingBenchmarks), typeof(NeighborBenchmarks)])
    .Run(args is [] ? ["--filter", "*"] : args, DefaultConfig.Instance.AddJob(job).WithArtifactsPath(artifacts));
