using System.Globalization;
using System.Reflection;
using System.Text;

namespace OnnxAE.Tests.Compat;

/// <summary>The public surface of an assembly, a line for each type and member, in the form of the listings in Golden.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of);

    private static IEnumerable<string> Of(Type type)
    {
        IEnumerable<string> members = type.GetMembers(Declared).Select(Describe).OfType<string>().Select(member => $"{Name(type)} :: {member}");
        return members.Prepend($"{Name(type)} : {Kind(type)}");
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return "struct";
        if (typeof(Delegate).IsAssignableFrom(type))
            return "delegate";
        return type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : "class";
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } c when IsVisible(c) => $".ctor({Parameters(c.GetParameters())})",
        MethodInfo m when IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Static(m)}{m.Name}{Generics(m)}({Parameters(m.GetParameters())}) -> {Name(m.ReturnType)}",
        PropertyInfo p when IsVisible(p.GetMethod) || IsVisible(p.SetMethod) =>
            $"{Static((p.GetMethod ?? p.SetMethod)!)}{p.Name}{Indexers(p)} {{{Accessor("get", p.GetMethod)}{Accessor("set", p.SetMethod)} }} -> {Name(p.PropertyType)}",
        FieldInfo f when (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && f.Name != "value__" =>
            $"{(f.IsStatic ? "static " : "")}field {f.Name} -> {Name(f.FieldType)}",
        EventInfo e when IsVisible(e.AddMethod) => $"event {e.Name} -> {Name(e.EventHandlerType!)}",
        _ => null,
    };

    private static bool IsVisible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Accessor(string name, MethodInfo? method) => IsVisible(method) ? $" {name};" : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(",", method.GetGenericArguments().Select(t => t.Name))}>" : "";

    private static string Indexers(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } indexes
        ? $"[{string.Join(", ", indexes.Select(p => Name(p.ParameterType)))}]"
        : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(p =>
    {
        string modifier = p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        Type type = p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType;
        return $"{modifier}{Name(type)} {p.Name}{(p.HasDefaultValue ? $" = {Default(p)}" : "")}";
    }));

    private static string Default(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        return parameter.RawDefaultValue switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            object other => other.ToString()!,
        };
    }

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.HasElementType)
            return Name(type.GetElementType()!) + (type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : type.IsByRef ? "&" : "*");
        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        string full = definition.FullName ?? definition.Name;
        if (!type.IsGenericType)
            return full.Replace('+', '.');

        // Each part of the name takes as many of the arguments as the number behind its tick.
        var (name, arguments) = (new StringBuilder(), new Queue<Type>(type.GetGenericArguments()));
        foreach (string part in full.Split('.', '+'))
        {
            string[] halves = part.Split('`');
            name.Append(name.Length > 0 ? "." : "").Append(halves[0]);
            if (halves.Length > 1)
            {
                int count = int.Parse(halves[1], CultureInfo.InvariantCulture);
                name.Append('<').AppendJoin(',', Enumerable.Range(0, count).Select(_ => Name(arguments.Dequeue()))).Append('>');
            }
        }
        return name.ToString();
    }
}
