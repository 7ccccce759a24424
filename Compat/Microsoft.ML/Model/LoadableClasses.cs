using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

/// <summary>Every kind of stored model that can be loaded, by the loader signature in its header.</summary>
internal static class LoadableClasses
{
    // ML.NET finds these by reflection over assembly attributes; one table is easier to read, and to trust.
    private static readonly Dictionary<string, Func<IHostEnvironment, ModelLoadContext, object>> Loaders = new()
    {
        [TransformerChain.LoaderSignature] = TransformerChain.Create,
        [ValueToKeyMappingTransformer.LoaderSignature] = ValueToKeyMappingTransformer.Create,
        [KeyToValueMappingTransformer.LoaderSignature] = KeyToValueMappingTransformer.Create,
        [NormalizingTransformer.LoaderSignature] = NormalizingTransformer.Create,
        [LpNormNormalizingTransformer.LoaderSignature] = LpNormNormalizingTransformer.Create,
        [PrincipalComponentAnalysisTransformer.LoaderSignature] = PrincipalComponentAnalysisTransformer.Create,
        [ColumnCopyingTransformer.LoaderSignature] = ColumnCopyingTransformer.Create,
        [ColumnConcatenatingTransformer.LoaderSignature] = ColumnConcatenatingTransformer.Create,
        [ColumnSelectingTransformer.LoaderSignature] = ColumnSelectingTransformer.Create,
        [OnnxTransformer.LoaderSignature] = OnnxTransformer.Create,
        [MulticlassPredictionTransformer.LoaderSignature] = MulticlassPredictionTransformer.Create,
        [MaximumEntropyModelParameters.LoaderSignature] = MaximumEntropyModelParameters.Create,
    };

    public static Func<IHostEnvironment, ModelLoadContext, object> Find(string loaderSignature) =>
        Loaders.GetValueOrDefault(loaderSignature)
        ?? throw new NotSupportedException($"The model holds a '{loaderSignature}', which this build of ML.NET cannot load.");
}
