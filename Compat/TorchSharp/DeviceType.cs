namespace TorchSharp;

/// <summary>The kinds of devices, numbered as in libtorch.</summary>
internal enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}
