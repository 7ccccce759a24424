using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference.Transforms;

/// <summary>The values of one column in the rows that were read ahead.</summary>
internal abstract class ColumnBuffer
{
    private static readonly MethodInfo CreateValuesMethod = Method(nameof(CreateValues));
    private static readonly MethodInfo CreateVectorsMethod = Method(nameof(CreateVectors));

    /// <summary>Keeps the value of the cursor's present row.</summary>
    public abstract void Read(int slot);

    /// <summary>A getter of the kept values.</summary>
    /// <param name="slot">Tells the slot of the present row; throws where there is none.</param>
    public abstract Delegate CreateGetter(Func<int> slot);

    /// <summary>A buffer for a column of any type.</summary>
    public static ColumnBuffer Create(DataViewRowCursor cursor, DataViewSchema.Column column, int capacity)
    {
        MethodInfo create = column.Type is VectorDataViewType vector
            ? CreateVectorsMethod.MakeGenericMethod(vector.ItemType.RawType)
            : CreateValuesMethod.MakeGenericMethod(column.Type.RawType);
        return create.CreateDelegate<Func<DataViewRowCursor, DataViewSchema.Column, int, ColumnBuffer>>()(cursor, column, capacity);
    }

    private static ValueBuffer<T> CreateValues<T>(DataViewRowCursor cursor, DataViewSchema.Column column, int capacity)
        => new(cursor.GetGetter<T>(column), capacity);

    private static VectorBuffer<T> CreateVectors<T>(DataViewRowCursor cursor, DataViewSchema.Column column, int capacity)
        => new(cursor.GetGetter<VBuffer<T>>(column), capacity);

    private static MethodInfo Method(string name) => typeof(ColumnBuffer).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}
