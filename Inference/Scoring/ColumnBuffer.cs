using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>The values of one column in the rows that were read ahead: several buffers, one for each batch.</summary>
internal abstract class ColumnBuffer
{
    private static readonly MethodInfo CreateValuesMethod = Method(nameof(CreateValues));
    private static readonly MethodInfo CreateVectorsMethod = Method(nameof(CreateVectors));

    /// <summary>Makes room for rows; what was kept in the buffer is lost.</summary>
    public abstract void Reserve(int buffer, int rows);

    /// <summary>Keeps the value of the source's present row.</summary>
    public abstract void Read(int buffer, int row);

    /// <summary>A getter of the kept values.</summary>
    /// <param name="locate">Tells the buffer and the row that are present; throws where there is none.</param>
    public abstract Delegate CreateGetter(Func<(int Buffer, int Row)> locate);

    /// <summary>Buffers for a column of any type.</summary>
    public static ColumnBuffer Create(DataViewRow source, DataViewSchema.Column column, int buffers)
    {
        MethodInfo create = column.Type is VectorDataViewType vector
            ? CreateVectorsMethod.MakeGenericMethod(vector.ItemType.RawType)
            : CreateValuesMethod.MakeGenericMethod(column.Type.RawType);
        return create.CreateDelegate<Func<DataViewRow, DataViewSchema.Column, int, ColumnBuffer>>()(source, column, buffers);
    }

    private static ValueBuffer<T> CreateValues<T>(DataViewRow source, DataViewSchema.Column column, int buffers)
        => new(source.GetGetter<T>(column), buffers);

    private static VectorBuffer<T> CreateVectors<T>(DataViewRow source, DataViewSchema.Column column, int buffers)
        => new(source.GetGetter<VBuffer<T>>(column), buffers);

    private static MethodInfo Method(string name) => typeof(ColumnBuffer).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}
