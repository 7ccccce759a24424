using Google.Protobuf;
using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>One ONNX file for a table: it takes the columns as they are, and gives the code of a network that was trained on them.</summary>
internal static class FusedTable
{
    /// <summary>Name of the file in a run folder.</summary>
    public const string FileName = "table-encoder.onnx";

    private const string MachineLearning = "ai.onnx.ml";

    // The converter writes operator set 12. From there to set 21 these only came to take more types.
    private static readonly HashSet<string> Unchanged = ["Cast", "Identity", "IsNaN"];

    /// <summary>Writes the file into a run, and compares it with the run's .zip on all rows of the table.</summary>
    /// <param name="folder">Where <c>encoder.onnx</c> and <c>encoder.zip</c> are.</param>
    /// <param name="table">The table that the network was trained on.</param>
    /// <param name="features">What makes its numbers of the table's columns.</param>
    /// <param name="report">Told the share that is compared.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The largest difference of a number of a code.</returns>
    /// <exception cref="InvalidDataException">The two differ, or the columns can't be written as ONNX.</exception>
    public static double WriteInto(string folder, TableFile table, ITransformer features, Action<double> report, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, FileName);
        Write(path, table, features, Path.Combine(folder, OnnxNames.EncoderFile));
        ITransformer zip = new MLContext(seed: 1).Model.LoadWithBatchedOnnx(Path.Combine(folder, TableModel.EncoderFile), out _);
        using var owned = zip as IDisposable;
        return FusedTableComparison.Run(path, zip, table, report, cancellationToken);
    }

    /// <summary>
    /// Writes the file, whole or not at all. Its inputs are called like the columns: [N, 1] of Single, NaN where one is missing,
    /// or of text, empty where it is missing. Its output and its metadata are the encoder's.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The table.</param>
    /// <param name="features">What makes one vector of Single, <c>Features</c>, of its columns.</param>
    /// <param name="encoderPath">The encoder that takes them.</param>
    /// <exception cref="InvalidDataException">The columns can't be written as ONNX, or the encoder takes something else.</exception>
    public static void Write(string path, TableFile table, ITransformer features, string encoderPath)
    {
        ModelProto encoder = OnnxModelReader.Read(encoderPath);
        ForeignModel.Require(encoder, encoderPath, "put behind a table's columns");
        if (encoder.Graph.FreeInputs().ToArray() is not [{ Type.TensorType.Shape.Dim: [_, _] sizes } input])
        {
            throw new InvalidDataException($"'{encoderPath}' does not take one vector a row, expected an encoder that was trained on a table.");
        }

        ModelProto head = Convert(table, features);
        string output = $"{TableSetLoader.Features}.output"; // the converter's name for it
        Rebuild(head.Graph, table, output, sizes[0]);

        // The composer refuses operators of other sets, since it can't know what they do. These are known.
        Dictionary<string, string> connections = new() { [output] = input.Name };
        GraphMerging.Append(head.Graph, encoder.Graph, connections, new Dictionary<string, string>());
        encoder.Graph = head.Graph;
        encoder.OpsetImport.Add(head.OpsetImport.Where(set => set.Domain == MachineLearning));
        AtomicFile.Write(path, stream => encoder.WriteTo(stream));
    }

    private static ModelProto Convert(TableFile table, ITransformer features)
    {
        using MemoryStream stream = new();
        new MLContext(seed: 1).Model.ConvertToOnnx(features, table.View, stream);
        return OnnxModelReader.Read(stream.ToArray(), "the converted columns");
    }

    // Keeps the features alone: the converter hands every column through, and writes names of slots as a model of their own.
    private static void Rebuild(GraphProto graph, TableFile table, string output, TensorShapeProto.Types.Dimension rows)
    {
        GraphPruning.Keep(graph, [output]);
        graph.ValueInfo.Clear(); // of categories it declares shapes with a dimension too few
        graph.Name = graph.DocString = "";
        if (graph.Output.Count != 1 || graph.Node.FirstOrDefault(node => node.Domain != MachineLearning && !Unchanged.Contains(node.OpType)) is not null)
        {
            throw new InvalidDataException($"The columns of '{table.Path}' became an ONNX graph of unknown kind, expected the operators {string.Join(", ", Unchanged)} and those of {MachineLearning}: train without --fuse.");
        }

        ValueInfoProto[] inputs = [.. table.Columns.Where(column => column.Role == TableColumnRole.Feature).Select(column =>
            graph.Input.FirstOrDefault(input => input.Name == column.Name)
                ?? throw new InvalidDataException($"The column '{column.Name}' of '{table.Path}' can't be called so in an ONNX file: rename it, or train without --fuse."))];
        graph.Input.Clear();
        graph.Input.Add(inputs);
        foreach (ValueInfoProto value in inputs.Concat(graph.Output))
        {
            value.Type.TensorType.Shape.Dim[0] = rows.Clone();
        }
    }
}
