using System.Reflection;
using Microsoft.ML;
using OnnxAE.Models;
using OnnxAE.Training;
using PublicApiGenerator;

namespace OnnxAE.Tests;

/// <summary>What the libraries show to their users, so that no change of it goes unseen.</summary>
[TestClass]
public sealed class PublicApiTests
{
    private const string Accept = "ONNXAE_ACCEPT_API";

    [TestMethod]
    [DataRow("OnnxAE.Inference")]
    [DataRow("OnnxAE.Models")]
    [DataRow("OnnxAE.Training")]
    public void ThePublicTypesAndMembersAreTheListedOnes(string assembly)
    {
        string path = Path.Combine(Dotnet.Checkout, "Tests", "Packages", "Golden", $"{assembly}.txt");
        string[] found = AssemblyOf(assembly).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).TrimEnd().Split(["\r\n", "\n"], StringSplitOptions.None);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, string.Join('\n', found) + '\n');
        }

        string[] listed = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] added = [.. found.Except(listed)], removed = [.. listed.Except(found)];
        Assert.IsTrue(
            found.SequenceEqual(listed),
            $"The public API of {assembly} is not that of '{path}'. If it is meant to be, set {Accept}=1, run this test again and commit the listing.\n"
            + string.Join('\n', added.Select(line => $"+ {line.Trim()}").Concat(removed.Select(line => $"- {line.Trim()}"))));
    }

    private static Assembly AssemblyOf(string name) => name switch
    {
        "OnnxAE.Inference" => typeof(BatchedOnnxCatalog).Assembly,
        "OnnxAE.Models" => typeof(ModelCatalog).Assembly,
        _ => typeof(OnnxExporter).Assembly,
    };
}
