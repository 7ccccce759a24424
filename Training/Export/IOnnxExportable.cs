namespace OnnxAE.Training;

/// <summary>A module that knows how it is written as ONNX. Where the module is not one's own, <see cref="OnnxModules.Register{TModule}"/> does the same.</summary>
public interface IOnnxExportable
{
    /// <summary>Writes what the module's <c>forward</c> computes in evaluation mode.</summary>
    /// <param name="graph">Where to write; <see cref="OnnxGraph.Call"/> writes the modules inside this one.</param>
    /// <param name="input">What the module is applied to.</param>
    /// <returns>The module's output.</returns>
    OnnxValue Export(OnnxGraph graph, OnnxValue input);
}
