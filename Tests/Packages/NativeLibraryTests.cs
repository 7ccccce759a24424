using System.Diagnostics;

namespace OnnxAE.Tests;

/// <summary>The program without what ./onnxae sets in the environment.</summary>
[TestClass]
public sealed class NativeLibraryTests
{
    // ./setup has built it where the system's own libstdc++ is too old.
    private static readonly bool IsPartNeeded = File.Exists(Path.Combine(Dotnet.Checkout, "Training", "Native", "bin", "libstdc++.so.6"));

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Where_libtorch_cannot_be_loaded_one_sentence_says_so()
    {
        (int exitCode, string output, string error) = await RunAsync("models");
        Assert.AreEqual(IsPartNeeded ? 1 : 0, exitCode, error);
        if (IsPartNeeded)
        {
            Assert.IsEmpty(output);
            StringAssert.StartsWith(error, "onnxae: libtorch can't be loaded: this system's libstdc++ lacks GLIBCXX_");
            Assert.AreEqual(1, error.Count(letter => letter == '\n'));
        }
    }

    [TestMethod]
    public async Task What_needs_no_libtorch_works_without_it()
    {
        (int exitCode, string output, string error) = await RunAsync("info");
        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(output, "ONNX Runtime");
        if (IsPartNeeded)
        {
            StringAssert.Contains(output, "libtorch can't be loaded");
        }
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        string program = typeof(OnnxAE.Pipelines.CliContext).Assembly.Location;
        ProcessStartInfo start = new("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("LD_LIBRARY_PATH");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
