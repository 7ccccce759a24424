using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class SchemaShape
{
    public struct Column
    {
        public readonly string Name;

        public readonly VectorKind Kind;

        public readonly DataViewType ItemType;

        public readonly bool IsKey;

        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            Contracts.CheckNonEmpty(name, nameof(name));
            Contracts.CheckParam(itemType is not KeyDataViewType, nameof(itemType), "Item type cannot be a key");
            Contracts.CheckParam(itemType is not VectorDataViewType, nameof(itemType), "Item type cannot be a vector");
            Contracts.CheckParam(!isKey || KeyDataViewType.IsValidDataType(itemType.RawType), nameof(itemType), "The item type must be valid for a key");
            Name = name;
            Kind = vecKind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? Empty;
        }

        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }

        internal readonly bool IsValid => Name != null;

        internal static Column FromSchema(DataViewSchema.Column column)
        {
            VectorKind kind = column.Type switch
            {
                VectorDataViewType { IsKnownSize: true } => VectorKind.Vector,
                VectorDataViewType => VectorKind.VariableVector,
                _ => VectorKind.Scalar,
            };
            DataViewType item = column.Type.GetItemType();
            bool isKey = item is KeyDataViewType;
            if (isKey)
                item = DataViewTypeExtensions.PrimitiveTypeOrNull(item.RawType);
            return new Column(column.Name, kind, item, isKey, new SchemaShape(column.Annotations.Schema.Select(FromSchema)));
        }

        /// <summary>Whether a column of this shape can be served by <paramref name="source"/>, annotations included.</summary>
        internal readonly bool IsCompatibleWith(Column source)
        {
            Contracts.CheckParam(source.IsValid, nameof(source));
            return Name == source.Name && Kind == source.Kind && ItemType.Equals(source.ItemType) && IsKey == source.IsKey
                && Annotations.All(wanted => source.Annotations.TryFindColumn(wanted.Name, out Column found) && wanted.IsCompatibleWith(found));
        }

        internal readonly string GetTypeString()
        {
            string item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString();
            return Kind switch
            {
                VectorKind.Vector => $"Vector<{item}>",
                VectorKind.VariableVector => $"VarVector<{item}>",
                _ => item,
            };
        }
    }
}
