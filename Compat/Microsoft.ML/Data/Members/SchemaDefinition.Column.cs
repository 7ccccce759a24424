using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    public sealed class Column
    {
        private DataViewSchema.Annotations.Builder _annotations = new();

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnName = columnName;
            ColumnType = columnType;
        }

        internal string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        internal DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Contracts.CheckValue(kind, nameof(kind));
            Contracts.CheckValue(annotationType, nameof(annotationType));
            Contracts.Check(Annotations.Schema.GetColumnOrNull(kind) is null, "Column already contains an annotation of this kind.");
            _annotations.Add(kind, annotationType, MakeGetter(value, annotationType));
        }

        internal void SetAnnotations(DataViewSchema.Annotations annotations)
        {
            _annotations = new DataViewSchema.Annotations.Builder();
            _annotations.Add(annotations, _ => true);
        }

        // Users give text and vectors as .NET has them; an annotation holds what a column would.
        private static Delegate MakeGetter<T>(T value, DataViewType type) => value switch
        {
            string text => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> destination) => destination = text.AsMemory()),
            string[] texts => MakeArrayGetter(Array.ConvertAll(texts, t => t.AsMemory())),
            Array array => GenericCall.Invoke<Delegate>(MakeArrayGetter<int>, type.GetItemType().RawType, array),
            _ => (ValueGetter<T>)((ref T destination) => destination = value),
        };

        private static Delegate MakeArrayGetter<T>(T[] values) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) => VBuffer<T>.Copy(values, 0, ref destination, values.Length));
    }
}
