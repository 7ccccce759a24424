using Microsoft.Win32.SafeHandles;

namespace OnnxAE.Pipelines;

/// <summary>Standard output for data. The console's own stream takes no notice of a reader that has gone, and a command would go on for nothing.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>Opens it. To write to a pipe that nobody reads any more throws an <see cref="IOException"/>; see <see cref="ErrorSentence"/>.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        FileStream stream = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream; // a file goes on where others have left off
    }
}
