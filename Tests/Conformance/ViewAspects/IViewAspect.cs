using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>One thing that every view must do.</summary>
internal interface IViewAspect
{
    /// <summary>Fails where the view doesn't.</summary>
    void Check(IDataView view);
}
