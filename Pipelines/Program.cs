using OnnxAE.Pipelines;

using var stop = new StopSignals();
int exitCode = await CommandLine.RunAsync(args, CliContext.ForProcess(), stop.Token);
return exitCode == ExitCode.Interrupted ? stop.ExitCodeWhenStopped : exitCode;
