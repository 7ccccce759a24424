namespace Microsoft.ML;

/// <summary>A transformer that the estimators after it in a chain see in another form than the user does later.</summary>
internal interface ITransformerWithDifferentMappingAtTrainingTime : ITransformer
{
    IDataView TransformForTrainingPipeline(IDataView input);
}
