namespace OnnxAE.Training;

/// <summary>The first node of a graph that gives other numbers than TorchSharp.</summary>
/// <param name="Node">The node's name; it begins with the module's path.</param>
/// <param name="OperatorType">Its operator.</param>
/// <param name="Module">The module whose output differs; <c>(root)</c> for the whole network's.</param>
/// <param name="Input">The input that showed it.</param>
/// <param name="MaxAbsoluteDifference">Largest difference there.</param>
/// <param name="LastEqual">The last module before it whose output is the same; empty if there is none.</param>
public sealed record NodeDifference(string Node, string OperatorType, string Module, string Input, double MaxAbsoluteDifference, string LastEqual)
{
    /// <summary>As part of a sentence: <c>from the node 'encoder.3/Gemm' (Gemm) of the module 'encoder.3' on</c>.</summary>
    public override string ToString() => $"from the node '{Node}' ({OperatorType}) of the module '{Module}' on";
}
