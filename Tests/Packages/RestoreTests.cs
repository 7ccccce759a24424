using System.Text.Json;

namespace OnnxAE.Tests;

/// <summary>What the projects take from NuGet, for each system.</summary>
[TestClass]
public sealed class RestoreTests
{
    private static readonly string[] Natives = ["Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu", "libtorch", "TorchSharp-"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory("Long")] // the first time it downloads 0.3 GB for systems other than this one
    [DataRow("linux-x64", "Microsoft.ML.OnnxRuntime.Gpu", "libtorch-cpu-linux-x64")]
    [DataRow("win-x64", "Microsoft.ML.OnnxRuntime.Gpu", "libtorch-cpu-win-x64")]
    [DataRow("osx-arm64", "Microsoft.ML.OnnxRuntime", "libtorch-cpu-osx-arm64")]
    public async Task Programs_and_tests_restore_with_their_native_libraries(string system, params string[] expected)
    {
        using TemporaryFolder copy = CopyOfProjects();
        foreach (string project in new[] { "Pipelines", "Tests" })
        {
            await DotnetAsync(copy.Path, "restore", project, "-nodeReuse:false", $"-p:RuntimeIdentifier={system}");
            using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(copy[$"{project}/obj/project.assets.json"]));
            CollectionAssert.AreEquivalent(expected, NativesOf(assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])));
        }
    }

    [TestMethod]
    [DataRow("Inference")]
    [DataRow("Models")]
    [DataRow("Training")]
    public async Task A_library_leaves_the_choice_of_native_libraries_to_its_user(string project)
        => Assert.IsEmpty(await ReferencesAsync(project));

    [TestMethod]
    [DataRow("win-x64", "cpu", "Microsoft.ML.OnnxRuntime.Gpu", "libtorch-cpu-win-x64")]
    [DataRow("linux-arm64", "cpu", "Microsoft.ML.OnnxRuntime")] // there is no libtorch for it
    [DataRow("linux-x64", "cuda-linux", "Microsoft.ML.OnnxRuntime.Gpu", "TorchSharp-cuda-linux")]
    [DataRow("win-x64", "cuda-windows", "Microsoft.ML.OnnxRuntime.Gpu", "TorchSharp-cuda-windows")]
    public async Task The_system_and_TorchBackend_choose_the_native_libraries(string system, string backend, params string[] expected)
        => CollectionAssert.AreEquivalent(expected, await ReferencesAsync("Pipelines", $"-p:RuntimeIdentifier={system}", $"-p:TorchBackend={backend}"));

    private async Task<string[]> ReferencesAsync(string project, params string[] properties)
    {
        string output = await DotnetAsync(Dotnet.Checkout, ["msbuild", project, "-nodeReuse:false", "-getItem:PackageReference", .. properties]);
        using JsonDocument items = JsonDocument.Parse(output);
        return NativesOf(items.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!));
    }

    private Task<string> DotnetAsync(string folder, params string[] arguments) => Dotnet.RunAsync(folder, arguments, TestContext.CancellationToken);

    private static string[] NativesOf(IEnumerable<string> packages)
        => [.. packages.Where(name => Natives.Any(native => native[^1] is '-' or 'h' ? name.StartsWith(native, StringComparison.Ordinal) : name == native))];

    // Restoring the checkout itself for another system would break its build.
    private static TemporaryFolder CopyOfProjects()
    {
        TemporaryFolder copy = new();
        IEnumerable<string> projects = Directory.EnumerateFiles(Dotnet.Checkout, "*.csproj", SearchOption.AllDirectories);
        foreach (string file in projects.Concat(Directory.EnumerateFiles(Dotnet.Checkout, "Directory.*")).Append(Path.Combine(Dotnet.Checkout, "global.json")))
        {
            copy.Write(Path.GetRelativePath(Dotnet.Checkout, file), File.ReadAllBytes(file));
        }

        return copy;
    }
}
