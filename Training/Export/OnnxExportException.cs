namespace OnnxAE.Training;

/// <summary>A module can't be written as ONNX; the message names it, its place in the network, and what to do.</summary>
public sealed class OnnxExportException : Exception
{
    /// <summary>An exception without details.</summary>
    public OnnxExportException()
        : this("The module can't be exported to ONNX.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What was found, where, and what to do.</param>
    public OnnxExportException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What was found, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public OnnxExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
