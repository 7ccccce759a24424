namespace Microsoft.ML;

/// <summary>The assemblies that stock ML.NET looks for a model's loader in: every stored model names one.</summary>
internal static class AssemblyNames
{
    public const string Data = "Microsoft.ML.Data" + Identity;
    public const string Transforms = "Microsoft.ML.Transforms" + Identity;
    public const string Pca = "Microsoft.ML.PCA" + Identity;
    public const string StandardTrainers = "Microsoft.ML.StandardTrainers" + Identity;
    public const string OnnxTransformer = "Microsoft.ML.OnnxTransformer" + Identity;

    private const string Identity = ", Version=1.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";
}
