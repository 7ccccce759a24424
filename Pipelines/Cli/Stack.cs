using OnnxAE.Training;

namespace OnnxAE.Pipelines.Cli;

/// <summary>What the program computes with.</summary>
/// <param name="Name"><c>nuget</c> for the official packages, <c>system</c> where the stand-ins of this project take their place.</param>
/// <param name="Components">The libraries and their versions.</param>
internal sealed record Stack(string Name, IReadOnlyList<StackComponent> Components)
{
    /// <summary>The stack of this process, as its loaded assemblies call themselves.</summary>
    public static Stack Describe()
    {
        IReadOnlyList<StackComponent> components = StackComponent.Describe();
        bool standIn = components.Any(component => component.Name.StartsWith("OnnxAE.Compat.", StringComparison.Ordinal));
        return new Stack(standIn ? "system" : "nuget", components);
    }
}
