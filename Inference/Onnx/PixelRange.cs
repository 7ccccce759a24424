namespace OnnxAE.Inference;

/// <summary>
/// The values that a model takes for black and white: the key <c>Image.NominalPixelRange</c> of its metadata.
/// </summary>
/// <param name="Name">The key's value.</param>
/// <param name="Black">The value of a byte 0.</param>
/// <param name="White">The value of a byte 255.</param>
/// <remarks>https://github.com/onnx/onnx/blob/main/docs/MetadataProps.md</remarks>
internal readonly record struct PixelRange(string Name, float Black, float White)
{
    /// <summary>The key.</summary>
    public const string Key = "Image.NominalPixelRange";

    private const string RoleKey = "onnxae.role"; // what our own files are for
    private const string Decoder = "decoder";

    private static readonly PixelRange[] All =
    [
        new("NominalRange_0_255", 0, 255),
        new("Normalized_0_1", 0, 1),
        new("Normalized_1_1", -1, 1),
        new("NominalRange_16_235", 16, 235),
    ];

    /// <summary>What a model says of the pixels that it reads; null where it says nothing, or nothing known.</summary>
    public static PixelRange? OfInput(ModelProto model) => model.MetadataProps.Any(p => p is { Key: RoleKey, Value: Decoder })
        ? null // it reads codes, and makes pixels
        : Of(model.MetadataProps.LastOrDefault(p => p.Key == Key)?.Value);

    /// <summary>Notes in a model that the range it names is that of the pixels it makes.</summary>
    public static void MarkAsOutputs(ModelProto model)
    {
        if (OfInput(model) is null)
        {
            return;
        }

        StringStringEntryProto? role = model.MetadataProps.FirstOrDefault(p => p.Key == RoleKey);
        if (role is null)
        {
            model.MetadataProps.Add(role = new StringStringEntryProto { Key = RoleKey });
        }

        role.Value = Decoder;
    }

    /// <summary>The range of a name; null for none, or an unknown one.</summary>
    public static PixelRange? Of(string? name) => All.Where(r => r.Name == name).Select(r => (PixelRange?)r).FirstOrDefault();
}
