using Microsoft.ML;
using Microsoft.ML.Runtime;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>What this library tells <see cref="MLContext.Log"/>.</summary>
internal static class Logged
{
    /// <summary>A list that grows with what is told from now on.</summary>
    public static List<string> By(MLContext ml)
    {
        List<string> messages = [];
        ml.Log += (_, message) =>
        {
            if (message is { Source: ContextLog.Source, Kind: ChannelMessageKind.Warning })
            {
                messages.Add(message.RawMessage);
            }
        };
        return messages;
    }
}
