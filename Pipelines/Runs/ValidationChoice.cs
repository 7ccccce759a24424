using System.Globalization;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What the loss is measured on after every epoch: the test images, a share of the training images, or nothing.</summary>
/// <param name="Share">The share of the training images that is held back; null where none is.</param>
/// <param name="UsesTest">Whether the test images are measured on.</param>
internal sealed record ValidationChoice(double? Share, bool UsesTest)
{
    /// <summary>The test images, which nothing may be chosen by.</summary>
    public static ValidationChoice Test { get; } = new(null, true);

    /// <summary>A tenth of the training images: what a run needs to choose by.</summary>
    public static ValidationChoice HeldBack { get; } = new(0.1, false);

    /// <summary>What its loss is called.</summary>
    public string Name => UsesTest ? "test" : "validation";

    /// <summary>The notation that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => UsesTest ? "test" : Share?.ToString(CultureInfo.InvariantCulture) ?? "none";

    /// <summary>Reads <c>test</c>, <c>none</c>, or a share such as <c>0.1</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static ValidationChoice Parse(string text) => text.ToUpperInvariant() switch
    {
        "TEST" => Test,
        "NONE" => new ValidationChoice(null, false),
        _ when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1 =>
            new ValidationChoice(share, false),
        _ => throw new FormatException($"'{text}' is no validation set. Expected test, none, or a share of the training images such as 0.1."),
    };

    /// <summary>Splits the images. Those held back are the last ones; no pixel is copied.</summary>
    /// <exception cref="InvalidDataException">There are too few images, or they are sorted by class.</exception>
    public (RowSet Train, RowSet? Validation) Split(RowSet train, RowSet test)
    {
        if (Share is not { } share)
        {
            return (train, UsesTest ? test : null);
        }

        int heldBack = Math.Max(1, (int)Math.Round(share * train.Count));
        int kept = train.Count - heldBack;
        if (kept <= 0)
        {
            throw new InvalidDataException($"{train.Count} training images are too few to hold {heldBack} back for validation.");
        }

        var (rest, last) = (train.Slice(0, kept), train.Slice(kept, heldBack));
        int unseen = last.Labels.Span.IndexOfAnyExcept([.. rest.Labels.ToArray().Distinct()]);
        return unseen < 0
            ? (rest, last)
            : throw new InvalidDataException(
                $"The last {heldBack:N0} training images, to be held back for validation, show class {last.Labels.Span[unseen]}, and none of the others does: "
                + "they seem to be sorted. Shuffle them, or choose --validation none.");
    }
}
