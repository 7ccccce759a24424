using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace OnnxAE.Inference;

/// <summary>What a context is told through <see cref="MLContext.Log"/>.</summary>
/// <param name="catalog">A catalogue of the context; null tells nobody.</param>
internal sealed class ContextLog(object? catalog)
{
    /// <summary>The source of the messages.</summary>
    public const string Source = "OnnxAE";

    // Catalogues keep their context to themselves; an interface that is not public tells it.
    private readonly IHostEnvironment? _host =
        catalog?.GetType().GetInterface("Microsoft.ML.Data.IInternalCatalog")?.GetProperty("Environment")?.GetValue(catalog) as IHostEnvironment;

    /// <summary>How far something is.</summary>
    public void Info(string message)
    {
        using IChannel? channel = _host?.Start(Source);
        channel?.Info(MessageSensitivity.None, message);
    }

    /// <summary>What a user should know.</summary>
    public void Warn(string message)
    {
        using IChannel? channel = _host?.Start(Source);
        channel?.Warning(MessageSensitivity.None, message);
    }
}
