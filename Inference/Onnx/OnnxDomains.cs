namespace OnnxAE.Inference;

/// <summary>The sets that operators belong to.</summary>
internal static class OnnxDomains
{
    /// <summary>Whether a domain is the standard one, which has two names.</summary>
    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    /// <summary>Version of the standard operator set that a model uses; 0 where it doesn't say.</summary>
    public static long StandardOpset(this ModelProto model) => model.OpsetImport.LastOrDefault(o => IsStandard(o.Domain))?.Version ?? 0;
}
