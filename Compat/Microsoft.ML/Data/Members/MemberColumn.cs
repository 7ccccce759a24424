using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A public field or property of a user's class, and the column that it stands for.</summary>
internal sealed class MemberColumn
{
    private MemberColumn(MemberInfo member, string name, DataViewType type, DataViewSchema.Annotations annotations)
    {
        Member = member;
        Name = name;
        Type = type;
        Annotations = annotations;
    }

    public MemberInfo Member { get; }

    public Type MemberType => GetMemberType(Member);

    public string Name { get; }

    public DataViewType Type { get; }

    public DataViewSchema.Annotations Annotations { get; }

    /// <summary>The columns of a class: as its attributes say, or as the caller's definition overrides them.</summary>
    public static MemberColumn[] Create(Type userType, SchemaDefinition definition, SchemaDefinition.Direction direction) =>
        [.. (definition ?? SchemaDefinition.Create(userType, direction)).Select(column => Create(userType, column))];

    /// <summary>The columns of a class that provide a schema, whose types and annotations they take.</summary>
    public static MemberColumn[] Create(Type userType, DataViewSchema schema)
    {
        SchemaDefinition definition = SchemaDefinition.Create(userType, SchemaDefinition.Direction.Read);
        foreach (DataViewSchema.Column column in schema)
        {
            SchemaDefinition.Column member = definition[column.Name] ?? throw Contracts.Except($"Type should contain a member named {column.Name}");
            member.ColumnType = column.Type;
            member.SetAnnotations(column.Annotations);
        }
        return Create(userType, definition, SchemaDefinition.Direction.Read);
    }

    public static DataViewSchema ToSchema(IEnumerable<MemberColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (MemberColumn column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    /// <summary>The type of one value as columns hold it (text for string), and whether there are many.</summary>
    public static (Type Item, bool IsVector) GetValueType(MemberInfo member)
    {
        Type type = GetMemberType(member);
        bool isBuffer = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        Type item = type.IsArray ? type.GetElementType() : isBuffer ? type.GetGenericArguments()[0] : type;
        PrimitiveDataViewType primitive = DataViewTypeExtensions.PrimitiveTypeOrNull(item)
            ?? throw Contracts.ExceptParam("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        return (primitive.RawType, type.IsArray || isBuffer);
    }

    /// <summary>Whether values of a column can be written to the member as they are.</summary>
    public bool CanTake(DataViewType type)
    {
        var (item, isVector) = GetValueType(Member);
        return isVector == type is VectorDataViewType && type.GetItemType().RawType == item;
    }

    private static MemberColumn Create(Type userType, SchemaDefinition.Column column)
    {
        MemberInfo member = (MemberInfo)userType.GetField(column.MemberName) ?? userType.GetProperty(column.MemberName)
            ?? throw Contracts.ExceptParam("userSchemaDefinition", $"No field or property with name '{column.MemberName}' found in type '{userType.FullName}'");
        var (item, isVector) = GetValueType(member);
        string name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        DataViewType type = column.ColumnType
            ?? (isVector ? new VectorDataViewType(DataViewTypeExtensions.PrimitiveTypeOrNull(item)) : DataViewTypeExtensions.PrimitiveTypeOrNull(item));
        Contracts.CheckParam(isVector == type is VectorDataViewType, "userSchemaDefinition",
            $"Column '{name}' is supposed to be {Shape(type is VectorDataViewType)}, but type of associated field '{column.MemberName}' is {Shape(isVector)}");
        Contracts.CheckParam(type.GetItemType().RawType == item, "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {type.GetItemType().RawType}, but associated field has type {item}");
        return new MemberColumn(member, name, type, column.Annotations);
    }

    private static string Shape(bool isVector) => isVector ? "vector" : "scalar";

    private static Type GetMemberType(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
}
