using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>The readers of a model's inputs.</summary>
internal static class InputFeeds
{
    /// <summary>One reader for each input.</summary>
    /// <param name="scorer">The model.</param>
    /// <param name="row">The row, or cursor, to read.</param>
    /// <param name="kept">The columns that are read ahead anyway, by index.</param>
    public static InputFeed[] Create(OnnxScorer scorer, DataViewRow row, IReadOnlyDictionary<int, ColumnBuffer> kept)
        => [.. scorer.Definition.Inputs.Select((tensor, i) => Create(scorer, tensor, i, row, kept))];

    private static InputFeed Create(OnnxScorer scorer, TensorSpec tensor, int input, DataViewRow row, IReadOnlyDictionary<int, ColumnBuffer> kept)
    {
        OnnxModelDefinition definition = scorer.Definition;
        if (tensor.Name == definition.NoiseInput)
            return new NoiseFeed(row, input, definition.Seed);
        DataViewSchema.Column column = row.Schema[tensor.Name];
        InputFeed feed = tensor.Element.CreateFeed(new InputSource(row, column, tensor, input, kept.GetValueOrDefault(column.Index)));
        return scorer.Settings.ChecksPixelRange && definition.PixelRange is { } range
            ? tensor.Element.OnnxType switch
            {
                TensorProto.Types.DataType.Float => new PixelRangeFeed<float>(feed, tensor, input, range),
                TensorProto.Types.DataType.Double => new PixelRangeFeed<double>(feed, tensor, input, range),
                _ => feed,
            }
            : feed;
    }
}
