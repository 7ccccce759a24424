using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class ConversionsExtensionsCatalog
{
    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        if (keyData is not null)
            throw new NotSupportedException("MapValueToKey learns its keys from the training data here; a view of keys is not supported.");
        return new ValueToKeyMappingEstimator(catalog.Environment, new ValueToKeyMappingEstimator.Options(
            outputColumnName, inputColumnName ?? outputColumnName, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText));
    }

    public static KeyToValueMappingEstimator MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new KeyToValueMappingEstimator(catalog.Environment, (outputColumnName, inputColumnName ?? outputColumnName));
    }
}
