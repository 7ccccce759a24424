namespace Microsoft.ML.Data;

public abstract class StructuredDataViewType : DataViewType
{
    private protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}
