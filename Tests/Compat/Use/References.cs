using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OnnxAE.Tests.Compat.Use;

/// <summary>What some assemblies refer to: types, members, and which types they derive from or implement.</summary>
internal sealed class References
{
    private readonly HashSet<string> _types = [];
    private readonly HashSet<string> _members = [];
    private readonly HashSet<string> _bases = [];
    private readonly HashSet<string> _overrides = [];

    public References(IEnumerable<string> assemblyPaths)
    {
        foreach (string path in assemblyPaths)
        {
            using var file = new PEReader(File.OpenRead(path));
            Add(file.GetMetadataReader());
        }
    }

    public bool HasType(string type) => _types.Contains(type);

    public bool HasMember(string type, string member) => _members.Contains($"{type} :: {member}");

    /// <summary>Whether some class derives from the type, or implements it.</summary>
    public bool Extends(string type) => _bases.Contains(type);

    /// <summary>Whether some class overrides or implements a method of that name.</summary>
    public bool Overrides(string method) => _overrides.Contains(method);

    private void Add(MetadataReader reader)
    {
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
            _types.Add(SignatureNames.Instance.GetTypeFromReference(reader, handle, 0));
        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (SignatureNames.Instance.GetDefinitionName(reader, member.Parent) is { } type)
                _members.Add($"{type} :: {Describe(reader, member)}");
        }
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            IEnumerable<EntityHandle> bases = type.GetInterfaceImplementations().Select(i => reader.GetInterfaceImplementation(i).Interface);
            foreach (EntityHandle handle in bases.Append(type.BaseType).Where(handle => !handle.IsNil))
                _bases.Add(SignatureNames.Instance.GetDefinitionName(reader, handle)!);
        }
        foreach (MethodDefinition method in reader.MethodDefinitions.Select(reader.GetMethodDefinition))
        {
            if (method.Attributes.HasFlag(MethodAttributes.Virtual))
                _overrides.Add(reader.GetString(method.Name));
        }
    }

    private static string Describe(MetadataReader reader, MemberReference member)
    {
        string name = reader.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Field
            ? name
            : SignatureNames.Describe(name, member.DecodeMethodSignature(SignatureNames.Instance, null));
    }
}
