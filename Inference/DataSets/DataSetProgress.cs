namespace OnnxAE.Inference.DataSets;

/// <summary>How far a download is.</summary>
/// <param name="File">Name of the file on its way.</param>
/// <param name="BytesReceived">Bytes received of it so far.</param>
/// <param name="TotalBytes">Bytes to receive, or null where the server doesn't say.</param>
public readonly record struct DataSetProgress(string File, long BytesReceived, long? TotalBytes);
