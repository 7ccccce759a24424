using OnnxAE.Benchmarks;
using OnnxAE.Pipelines;

if (args is ["--bench", HotPath.Name, .. string[] itsArguments])
{
    return HotPath.Run(itsArguments); // Ctrl-C ends BenchmarkDotNet at once: it can't be asked to stop
}

using var stop = new StopSignals();
var context = CliContext.ForProcess();
int exitCode = await OnnxAE.Pipelines.CommandLine.RunAsync(BenchmarkCommand.CreateRoot(context), args, context, stop.Token);
return exitCode == ExitCode.Interrupted ? stop.ExitCodeWhenStopped : exitCode;
