using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ScoringScaleTests
{
    private const int Rows = 2_000_000;
    private const int RowSize = 16;
    private const double MostGrowth = 1.1; // of the resident memory after 100,000 rows
    private const double LeastSpeed = 0.5; // of the first 100,000 rows' speed: other programs take their share

    [TestMethod]
    [TestCategory("Long")]
    public async Task MemoryDoesNotGrowWithTheRowsAndSpeedDoesNotFall()
    {
        using TemporaryFolder folder = new();
        string model = TinyOnnx.Dense(RowSize, 4).Save(folder);
        WriteRows(folder["rows.npy"]);

        // A process of its own: this one has the memory of all tests.
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [typeof(CommandLine).Assembly.Location, "encode", model, "--in", folder["rows.npy"], "--out", folder["codes.npy"], "--json", folder["figures.json"]])
        {
            RedirectStandardOutput = true,
        })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.AreEqual(ExitCode.Success, process.ExitCode);

        using JsonDocument figures = JsonDocument.Parse(File.ReadAllText(folder["figures.json"]));
        Assert.AreEqual(Rows, figures.RootElement.GetProperty("rows").GetInt32());
        double[] resident = [.. figures.RootElement.GetProperty("slices").EnumerateArray().Select(s => s.GetProperty("residentBytes").GetDouble())];
        Assert.IsLessThan(MostGrowth, resident.Max() / resident[0]);
        double[] speeds = [.. figures.RootElement.GetProperty("slices").EnumerateArray().Select(s => s.GetProperty("rowsPerSecond").GetDouble())];
        Assert.IsGreaterThan(LeastSpeed * speeds[0], speeds[1..].Order().ElementAt((speeds.Length - 1) / 2));
    }

    private static void WriteRows(string path)
    {
        float[] block = [.. Enumerable.Range(0, 1000 * RowSize).Select(i => i % 251 / 251f)];
        using FileStream file = File.Create(path);
        file.Write(NpyFiles.Header($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({Rows}, {RowSize}), }}"));
        for (int i = 0; i < Rows / 1000; i++)
        {
            file.Write(MemoryMarshal.AsBytes(block.AsSpan()));
        }
    }
}
