using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary>The option that names a data set or a folder of one: <c>--data</c>, in every command; <c>--dataset</c> is understood too.</summary>
internal static class DataSetOption
{
    /// <summary>Makes it; null where it is left away.</summary>
    public static Option<string?> Of(string description) => new("--data", "--dataset") { Description = description, HelpName = "NAME|FOLDER" };
}
