using System.Reflection;
using OnnxAE.Models;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace OnnxAE.Training;

/// <summary>
/// Which modules can be exported, and how each is written. A set never changes: registering gives a larger one, for
/// <see cref="OnnxExportOptions.Modules"/>.
/// </summary>
public sealed class OnnxModules
{
    // What a subclass may override without changing what forward computes; Pass is for training.
    private static readonly HashSet<string> Harmless =
        ["Dispose", "Finalize", "ToString", "Equals", "GetHashCode", "GetName", nameof(EncoderNetwork.Pass)];

    private readonly Dictionary<Type, ModuleWriter> _writers;

    private OnnxModules(Dictionary<Type, ModuleWriter> writers) => _writers = writers;

    /// <summary>TorchSharp's modules and those of OnnxAE.Models.</summary>
    public static OnnxModules Default { get; } = BuiltInModules.AddTo(new OnnxModules([]));

    /// <summary>What can be written, one entry a type, by name.</summary>
    internal IEnumerable<ModuleWriter> Writers => _writers.Values.OrderBy(writer => NameOf(writer.Type), StringComparer.Ordinal);

    /// <summary>Adds a kind of module, or replaces how it is written.</summary>
    /// <typeparam name="TModule">The type; subclasses count as long as they override nothing that <c>forward</c> could use.</typeparam>
    /// <param name="write">Writes what the module's <c>forward</c> computes in evaluation mode: module, graph, input; returns the output.</param>
    /// <returns>The larger set; this one stays as it is.</returns>
    public OnnxModules Register<TModule>(Func<TModule, OnnxGraph, OnnxValue, OnnxValue> write)
        where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(write);
        return Add("a writer of your own", "", write);
    }

    internal OnnxModules Add<TModule>(string operators, string notes, Func<TModule, OnnxGraph, OnnxValue, OnnxValue> write)
        where TModule : Module =>
        new(new Dictionary<Type, ModuleWriter>(_writers)
        {
            [typeof(TModule)] = new ModuleWriter(typeof(TModule), operators, notes, (module, graph, input) => write((TModule)module, graph, input)),
        });

    /// <summary>Writes a module and returns its output.</summary>
    internal OnnxValue Write(Module module, OnnxGraph graph, OnnxValue input)
    {
        Type type = module.GetType();
        if (_writers.TryGetValue(type, out ModuleWriter? writer))
        {
            return writer.Write(module, graph, input);
        }

        if (module is IOnnxExportable exportable)
        {
            graph.Require(
                ForwardOf(type).IsAssignableFrom(type.GetInterfaceMap(typeof(IOnnxExportable)).TargetMethods[0].DeclaringType),
                $"has a forward of its own, but the Export of a base class: implement {nameof(IOnnxExportable)} in {NameOf(type)} as well.");
            return exportable.Export(graph, input);
        }

        for (Type? known = type.BaseType; known is not null; known = known.BaseType)
        {
            if (_writers.TryGetValue(known, out writer))
            {
                string? changed = FindOverride(type, known);
                graph.Require(changed is null, $"derives from {NameOf(known)} and overrides '{changed}', so it may compute something else. {HowTo(type)}");
                return writer.Write(module, graph, input);
            }
        }

        throw graph.Error($"can't be exported to ONNX: nothing is known of what it computes. {HowTo(type)}");
    }

    /// <summary>A type as C# writes it: <c>ModuleList&lt;Linear&gt;</c>.</summary>
    internal static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private static string HowTo(Type type) =>
        $"Say how: OnnxModules.Default.Register<{NameOf(type)}>((module, graph, input) => ...) as {nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Modules)}, or let it implement {nameof(IOnnxExportable)}.";

    private static Type ForwardOf(Type type) =>
        type.GetMethod("forward", [typeof(Tensor)])?.DeclaringType ?? type;

    private static string? FindOverride(Type type, Type known)
    {
        for (Type current = type; current != known; current = current.BaseType!)
        {
            foreach (MethodInfo method in current.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (method.GetBaseDefinition().DeclaringType != current && !Harmless.Contains(method.Name))
                {
                    return method.Name;
                }
            }
        }

        return null;
    }
}

/// <summary>How one kind of module is written.</summary>
/// <param name="Type">The module.</param>
/// <param name="Operators">The operators that it becomes, for the documentation.</param>
/// <param name="Notes">What is refused or done differently, for the documentation.</param>
/// <param name="Write">Writes it.</param>
internal sealed record ModuleWriter(Type Type, string Operators, string Notes, Func<Module, OnnxGraph, OnnxValue, OnnxValue> Write);

/// <summary>A module that knows how it is written as ONNX. Where the module is not one's own, <see cref="OnnxModules.Register{TModule}"/> does the same.</summary>
public interface IOnnxExportable
{
    /// <summary>Writes what the module's <c>forward</c> computes in evaluation mode.</summary>
    /// <param name="graph">Where to write; <see cref="OnnxGraph.Call"/> writes the modules inside this one.</param>
    /// <param name="input">What the module is applied to.</param>
    /// <returns>The module's output.</returns>
    OnnxValue Export(OnnxGraph graph, OnnxValue input);
}
