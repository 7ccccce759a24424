using System.Diagnostics;

namespace OnnxAE.Tests;

/// <summary>Runs the .NET SDK, as a user's machine does.</summary>
internal static class Dotnet
{
    /// <summary>The folder of OnnxAE.sln.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>Runs one command to its end and gives what it printed; a non-zero exit code fails the test with that.</summary>
    public static async Task<string> RunAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.AreEqual(0, process.ExitCode, output + await errors);
        return output;
    }

    private static string FindCheckout()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OnnxAE.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests don't lie in a checkout.");
        }

        return folder;
    }
}
