using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace OnnxAE.Tests;

/// <summary>NumPy files made on the spot, their headers as users' programs write them.</summary>
internal static class NpyFiles
{
    public static byte[] Of<T>(string descr, string shape, params ReadOnlySpan<T> values)
        where T : unmanaged
        => [.. Header($"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"), .. MemoryMarshal.AsBytes(values)];

    public static byte[] Header(string dictionary, byte version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(dictionary + "\n");
        byte[] size = new byte[version == 1 ? 2 : 4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(size, text.Length);
        }

        return [0x93, .. "NUMPY"u8, version, 0, .. size, .. text];
    }
}
