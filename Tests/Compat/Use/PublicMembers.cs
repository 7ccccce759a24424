using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OnnxAE.Tests.Compat.Use;

/// <summary>The public and protected members of an assembly, and which of them others could do without.</summary>
internal sealed class PublicMembers : IDisposable
{
    // The language demands one where there is the other.
    private static readonly Dictionary<string, string> Partners = new()
    {
        ["op_Equality"] = "op_Inequality",
        ["op_LessThan"] = "op_GreaterThan",
        ["op_LessThanOrEqual"] = "op_GreaterThanOrEqual",
        ["op_True"] = "op_False",
    };

    private static readonly char[] Punctuation = [' ', ',', '<', '>', '(', ')', '[', ']', '&'];

    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly Dictionary<string, TypeDefinition> _types;

    public PublicMembers(string assemblyPath)
    {
        _file = new PEReader(File.OpenRead(assemblyPath));
        _reader = _file.GetMetadataReader();
        _types = _reader.TypeDefinitions.Select(_reader.GetTypeDefinition).Where(IsVisible).ToDictionary(Name);
    }

    /// <summary>Types and members that nothing refers to. A property counts as one, whichever of its accessors is called.</summary>
    public IEnumerable<string> FindUnused(References references)
    {
        var needed = new HashSet<string>();
        foreach (string type in _types.Keys.Where(references.HasType))
            AddNeeded(type, needed);
        foreach (var (name, type) in _types)
        {
            if (!needed.Contains(name))
            {
                yield return name;
                continue;
            }
            // Whoever implements an interface has to implement all of it, and constants of an enum stand in code without a trace.
            if (type.Attributes.HasFlag(TypeAttributes.Interface) || IsEnumOrDelegate(type))
                continue;
            foreach (string member in FindUnused(type, name, references))
                yield return $"{name} :: {member}";
        }
    }

    public void Dispose() => _file.Dispose();

    private IEnumerable<string> FindUnused(TypeDefinition type, string typeName, References references)
    {
        MethodDefinition[] methods = [.. type.GetMethods().Select(_reader.GetMethodDefinition).Where(IsVisible)];
        HashSet<string> used = [.. methods.Where(IsNeeded).Select(MemberName)];
        foreach (string member in methods.Select(MemberName).Distinct())
        {
            if (!used.Contains(member) && !used.Contains(GetPartner(member)))
                yield return member;
        }
        foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition).Where(IsVisible))
        {
            string name = _reader.GetString(field.Name);
            if (!references.HasMember(typeName, name))
                yield return name;
        }

        bool IsNeeded(MethodDefinition method)
        {
            if (references.HasMember(typeName, Signature(method)))
                return true;
            if (!method.Attributes.HasFlag(MethodAttributes.Virtual))
                return false;
            bool isOverride = !method.Attributes.HasFlag(MethodAttributes.NewSlot);
            bool isForInterface = type.GetInterfaceImplementations().Count > 0;
            return isOverride || isForInterface || (references.Extends(typeName) && references.Overrides(_reader.GetString(method.Name)));
        }
    }

    /// <summary>A type is needed with those that it derives from and is nested in, and an interface with those that it speaks of.</summary>
    private void AddNeeded(string name, HashSet<string> needed)
    {
        if (!_types.TryGetValue(name, out TypeDefinition type) || !needed.Add(name))
            return;
        if (type.IsNested)
            AddNeeded(Name(_reader.GetTypeDefinition(type.GetDeclaringType())), needed);
        IEnumerable<EntityHandle> bases = type.GetInterfaceImplementations().Select(i => _reader.GetInterfaceImplementation(i).Interface);
        foreach (EntityHandle handle in bases.Append(type.BaseType).Where(handle => !handle.IsNil))
            AddNeeded(SignatureNames.Instance.GetDefinitionName(_reader, handle)!, needed);
        if (!type.Attributes.HasFlag(TypeAttributes.Interface))
            return;
        foreach (string other in type.GetMethods().SelectMany(method => Signature(_reader.GetMethodDefinition(method)).Split(Punctuation)))
            AddNeeded(other, needed);
    }

    private static string GetPartner(string member)
    {
        string name = member.Split('(')[0];
        foreach (var (left, right) in Partners)
        {
            if (name == left)
                return right + member[name.Length..];
            if (name == right)
                return left + member[name.Length..];
        }
        return member;
    }

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static bool IsVisible(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    // Not a constant: it stands in the code of its users, without a trace.
    private static bool IsVisible(FieldDefinition field) =>
        (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem
        && !field.Attributes.HasFlag(FieldAttributes.Literal);

    private bool IsEnumOrDelegate(TypeDefinition type) =>
        !type.BaseType.IsNil && SignatureNames.Instance.GetDefinitionName(_reader, type.BaseType) is "System.Enum" or "System.MulticastDelegate";

    private string Name(TypeDefinition type) => type.IsNested
        ? $"{Name(_reader.GetTypeDefinition(type.GetDeclaringType()))}+{_reader.GetString(type.Name)}"
        : $"{_reader.GetString(type.Namespace)}.{_reader.GetString(type.Name)}";

    private string Signature(MethodDefinition method) =>
        SignatureNames.Describe(_reader.GetString(method.Name), method.DecodeSignature(SignatureNames.Instance, null));

    /// <summary>Both accessors of a property have the property's name, and its indices.</summary>
    private string MemberName(MethodDefinition method)
    {
        string name = _reader.GetString(method.Name);
        if (!method.Attributes.HasFlag(MethodAttributes.SpecialName) || !(name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal)))
            return Signature(method);
        IEnumerable<string> indices = method.DecodeSignature(SignatureNames.Instance, null).ParameterTypes;
        if (name[0] == 's')
            indices = indices.SkipLast(1);
        return indices.Any() ? $"{name[4..]}[{string.Join(", ", indices)}]" : name[4..];
    }
}
