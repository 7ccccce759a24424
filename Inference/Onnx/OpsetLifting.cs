
namespace OnnxAE.Inference;

/// <summary>Lets a model of an older operator set stand in one of a newer set, where no operator of it changed its meaning in between.</summary>
internal static class OpsetLifting
{
    private const long Oldest = 13, Newest = 21; // what is written here, and so what is known

    // The set in which an operator's settings became inputs, or its inputs took other shapes. All other changes up to 21
    // add types, or settings whose defaults are what was (https://github.com/onnx/onnx/blob/main/docs/Changelog.md).
    private static readonly Dictionary<string, long> Changed = new()
    {
        ["GroupNormalization"] = 21,
        ["ReduceMax"] = 18,
        ["ReduceMean"] = 18,
        ["ReduceMin"] = 18,
    };

    /// <summary>Raises the version of a model's operator set.</summary>
    /// <exception cref="InvalidDataException">An operator means something else there, or may.</exception>
    public static void Lift(ModelProto model, long opset, string source)
    {
        long found = model.StandardOpset();
        if (found == opset)
            return;
        string? changed = model.Graph.Node.Select(n => n.OpType)
            .FirstOrDefault(o => !ShapeRules.Knows(o) || (Changed.TryGetValue(o, out long since) && found < since && since <= opset));
        if (found < Oldest || opset > Newest || changed is not null)
        {
            throw new InvalidDataException(
                $"'{source}' has the operator set {found}, expected {opset} like the other model{(changed is null ? "" : $", since {changed} may mean something else there")}: export both with the same one.");
        }

        OperatorSetIdProto[] standard = [.. model.OpsetImport.Where(o => OnnxDomains.IsStandard(o.Domain))];
        foreach (OperatorSetIdProto set in standard)
            set.Version = opset;
    }
}
