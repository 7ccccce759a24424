using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace OnnxAE.Training;

/// <summary>
/// Curves for TensorBoard (<c>tensorboard --logdir</c>): <c>batch/loss</c> and its parts every few steps, <c>train/…</c> and
/// <c>validation/…</c> every epoch, <c>learning_rate</c>; all over optimizer steps.
/// </summary>
/// <param name="folder">Where the event file goes.</param>
/// <param name="everySteps">Steps between two points of a batch's loss, at least 1.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class TensorBoardLog(string folder, int everySteps = 20, TimeProvider? time = null)
    : RunLog(System.IO.Path.Combine(folder, FileName))
{
    /// <summary>The event file's name; TensorBoard looks for <c>tfevents</c> in it.</summary>
    public const string FileName = "events.out.tfevents.1.onnxae";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly int _everySteps = everySteps >= 1
        ? everySteps
        : throw new ArgumentOutOfRangeException(nameof(everySteps), everySteps, "TensorBoard's points must be at least 1 step apart.");

    /// <inheritdoc/>
    public override string StateName => "tensorboard";

    /// <inheritdoc/>
    public override void OnBatchCompleted(in TrainingProgress progress)
    {
        if (progress.Step % _everySteps == 0)
        {
            Write(progress.Step, [("batch/loss", progress.BatchLoss), ("learning_rate", progress.LearningRate), .. Parts("batch", progress.Parts)]);
        }
    }

    /// <inheritdoc/>
    protected override void Begin() => Write(new Event { FileVersion = "brain.Event:2" });

    /// <inheritdoc/>
    protected override void Write(EpochResult epoch)
    {
        Write(epoch.Step, [("train/loss", epoch.TrainLoss), .. Parts("train", epoch.TrainParts)]);
        if (epoch.ValidationLoss is { } loss)
        {
            Write(epoch.Step, [("validation/loss", loss), .. Parts("validation", epoch.ValidationParts)]);
        }
    }

    private static IEnumerable<(string Tag, double Value)> Parts(string group, IReadOnlyDictionary<string, double>? parts) =>
        parts?.Select(part => ($"{group}/{part.Key}", part.Value)) ?? [];

    private void Write(long step, IEnumerable<(string Tag, double Value)> values) => Write(new Event
    {
        Step = step,
        Summary = new Summary { Value = { values.Select(value => new Summary.Types.Value { Tag = value.Tag, SimpleValue = (float)value.Value }) } },
    });

    private void Write(Event value)
    {
        value.WallTime = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        EventRecord.Write(Output, value);
    }
}

/// <summary>
/// Events in a file, each in a frame of TensorFlow's record format: length (8 bytes, little-endian), its checksum, the
/// event, its checksum (https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details).
/// </summary>
internal static class EventRecord
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Appends an event.</summary>
    public static void Write(Stream stream, Event value)
    {
        byte[] data = value.ToByteArray();
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc(data));
        stream.Write(head);
        stream.Write(data);
        stream.Write(tail);
    }

    // CRC-32C, turned and shifted: a checksum of data that holds checksums would be weak.
    private static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }
}
