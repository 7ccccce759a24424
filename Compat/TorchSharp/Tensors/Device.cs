namespace TorchSharp;

public static partial class torch
{
    internal static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Where a tensor lives.</summary>
    public class Device
    {
        internal Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        internal DeviceType type { get; }

        internal int index { get; } = -1;

        public override string ToString() => type switch
        {
            DeviceType.CPU => "cpu",
            _ => type.ToString().ToLowerInvariant() + (index < 0 ? "" : ":" + index),
        };
    }
}
