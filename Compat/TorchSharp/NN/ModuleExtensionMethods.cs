namespace TorchSharp;

/// <summary>Conversions that give back the module as what it is.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts parameters and buffers of floating-point types; the parameters are new objects afterwards.</summary>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module
    {
        if (!torch.is_floating_point(type))
        {
            throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={type}");
        }

        module.ConvertTo(type, non_blocking);
        return module;
    }
}
