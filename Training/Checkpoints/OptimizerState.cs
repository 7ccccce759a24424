using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>What an optimizer remembers, in TorchSharp's own form. Its reader trusts the lengths that it finds, so they are checked here first.</summary>
internal static class OptimizerState
{
    /// <summary>The optimizer's averages and step counts, as a tensor of bytes that the caller owns.</summary>
    public static Tensor Save(OptimizerHelper optimizer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        writer.Flush();
        Tensor state = empty(stream.Length, dtype: ScalarType.Byte);
        stream.GetBuffer().AsSpan(0, (int)stream.Length).CopyTo(state.bytes);
        return state;
    }

    /// <summary>Puts them back into an optimizer of the same kind over parameters of the same shapes. No dispose scope may be open: an average may be made here.</summary>
    /// <exception cref="InvalidDataException">They are none of this optimizer.</exception>
    public static void Load(OptimizerHelper optimizer, byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state, writable: false));
        try
        {
            CheckLayout(optimizer, reader, state.Length);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw Unfit();
        }

        reader.BaseStream.Position = 0;
        optimizer.load_state_dict(reader);
    }

    // The name; two counts; the settings; then for each parameter a count of steps and averages of its shape.
    private static void CheckLayout(OptimizerHelper optimizer, BinaryReader reader, long length)
    {
        Parameter[] parameters = [.. optimizer.parameters()];
        var (settings, counter, always, perhaps) = LayoutOf(optimizer);
        string name = optimizer.GetType().Name;
        Require(reader.ReadByte() == name.Length && name.All(letter => reader.ReadByte() == letter));
        Require(reader.Read7BitEncodedInt64() == 1 && reader.Read7BitEncodedInt64() == parameters.Length);
        Skip(settings);
        foreach (Parameter parameter in parameters)
        {
            Skip(counter);
            for (int i = 0; i < always + perhaps; i++)
            {
                if (i >= always && !reader.ReadBoolean())
                {
                    continue;
                }

                Require(reader.Read7BitEncodedInt64() == (long)parameter.dtype && reader.Read7BitEncodedInt64() == parameter.ndim);
                Require(parameter.shape.All(size => reader.Read7BitEncodedInt64() == size));
                Skip(parameter.numel() * parameter.ElementSize);
            }
        }

        Require(reader.BaseStream.Position == length);

        void Skip(long bytes)
        {
            Require(bytes <= length - reader.BaseStream.Position);
            reader.BaseStream.Position += bytes;
        }
    }

    // Bytes of settings (both learning rates first) and of the step count; averages that are always there, and that may be.
    private static (int Settings, int Counter, int Always, int Perhaps) LayoutOf(OptimizerHelper optimizer) => optimizer switch
    {
        Adam or AdamW => (6 * sizeof(double) + 2, sizeof(long), 2, 1),
        RMSProp => (6 * sizeof(double) + 2, sizeof(long), 1, 2),
        SGD => (5 * sizeof(double) + 2, 0, 0, 1),
        _ => throw new NotSupportedException($"Checkpoints do not know the optimizer {optimizer.GetType().Name}."),
    };

    private static void Require(bool fits)
    {
        if (!fits)
        {
            throw Unfit();
        }
    }

    private static InvalidDataException Unfit() => new("Its optimizer state is none of this optimizer and network.");
}
