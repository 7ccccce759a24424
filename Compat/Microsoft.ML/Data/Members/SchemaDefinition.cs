using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => this.FirstOrDefault(c => c.ColumnName == columnName);
        set
        {
            Contracts.CheckValue(value, nameof(value));
            Contracts.CheckParam(value.ColumnName == columnName, nameof(columnName),
                $"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.");
            int index = FindIndex(c => c.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Contracts.CheckValue(userType, nameof(userType));
        var definition = new SchemaDefinition();
        foreach (MemberInfo member in GetMembers(userType, direction))
        {
            string name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            Contracts.CheckParam(definition[name] is null, nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new Column(member.Name, GetColumnType(member), name));
        }
        return definition;
    }

    private static IEnumerable<MemberInfo> GetMembers(Type userType, Direction direction)
    {
        IEnumerable<MemberInfo> fields = userType.GetFields(BindingFlags.Public | BindingFlags.Instance);
        IEnumerable<MemberInfo> properties = userType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0
                && ((direction.HasFlag(Direction.Read) && p.GetGetMethod() is not null)
                    || (direction.HasFlag(Direction.Write) && p.GetSetMethod() is not null)));
        return fields.Concat(properties).Where(m => m.GetCustomAttribute<NoColumnAttribute>() is null);
    }

    private static DataViewType GetColumnType(MemberInfo member)
    {
        var (item, isVector) = MemberColumn.GetValueType(member);
        PrimitiveDataViewType itemType = DataViewTypeExtensions.PrimitiveTypeOrNull(item);
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            Contracts.CheckParam(KeyDataViewType.IsValidDataType(item), "userType",
                $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            itemType = new KeyDataViewType(item, key.Count);
        }
        int[] dimensions = member.GetCustomAttribute<VectorTypeAttribute>()?.Dimensions;
        Contracts.CheckParam(isVector || dimensions is null, "userType",
            $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
        return isVector ? new VectorDataViewType(itemType, dimensions ?? [0]) : itemType;
    }
}
