using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace OnnxAE.Inference;

/// <summary>Puts batched transformers in the place of the stock ones of a loaded chain. Their models lie in the archive that it was loaded from.</summary>
/// <param name="archive">The saved model.</param>
/// <param name="path">Its path, for messages.</param>
/// <param name="settings">How the models are to run.</param>
internal sealed class BatchedChain(ZipArchive archive, string path, RunSettings settings)
{
    private const string RootFolder = "TransformerChain";
    private const string ModelEntry = "OnnxModel";

    /// <summary>The same transformer, batched where it can be.</summary>
    public ITransformer Rewrite(ITransformer loaded) => Rewrite(loaded, RootFolder);

    private ITransformer Rewrite(ITransformer transformer, string folder)
    {
        switch (transformer)
        {
            case TransformerChain<ITransformer> chain:
                ITransformer[] links = [.. chain.Select((link, i) => Rewrite(link, $"{folder}/Transform_{i:000}"))];
                return new TransformerChain<ITransformer>(links, [.. chain.Select(link => ScopeOf(chain, link))]);
            case OnnxTransformer stock when TryReplace(stock, folder) is { } batched:
                stock.Dispose();
                return batched;
            default:
                return transformer;
        }
    }

    // A chain doesn't tell its scopes, but it tells what is left of it in each.
    private static TransformerScope ScopeOf(TransformerChain<ITransformer> chain, ITransformer link)
        => new[] { TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring }
            .Where(scope => chain.GetModelFor(scope).Contains(link))
            .Aggregate(TransformerScope.None, (all, scope) => all | scope);

    // What can't be batched (another type of value, shapes given at training time, annotated outputs) stays as it was loaded.
    private BatchedOnnxTransformer? TryReplace(OnnxTransformer stock, string folder)
    {
        BatchedOnnxTransformer? batched = null;
        OnnxModelSource? source = null;
        string why = "its columns would be others";
        try
        {
            byte[] model = ReadModel(folder);
            ModelProto proto = OnnxModelReader.Read(model, path);
            bool hadBatch = SingleRow.Unwrap(proto);
            if (hadBatch)
            {
                model = proto.ToByteArray();
            }
            // What it computes of what, its schema tells: the columns behind those that it is given.
            source = OnnxModelSource.Store(model, path, proto);
            OnnxModelPlan plan = OnnxModelPlan.Of(source, [], []);
            OnnxModelDefinition whole = new(plan, out byte[] bytes);
            DataViewSchema inputSchema = new EmptyView(hadBatch ? whole.Inputs.Select(i => i with { BatchRows = 1 }) : whole.Inputs).Schema;
            string[] outputs = [.. stock.GetOutputSchema(inputSchema).Skip(whole.Inputs.Count).Select(c => c.Name)];
            OnnxModelDefinition definition = outputs.SequenceEqual(plan.OutputColumns)
                ? whole
                : new OnnxModelDefinition(OnnxModelPlan.Of(source, [], outputs), out bytes);
            batched = new BatchedOnnxTransformer(new OnnxScorer(definition, bytes, settings));
            if ((hadBatch || definition.BatchRows <= 1) && AreAlike(stock.GetOutputSchema(inputSchema), batched.GetOutputSchema(inputSchema)))
            {
                return batched;
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or (InvalidOperationException and not GpuException))
        {
            why = SharedSession.FirstLine(e);
        }

        settings.Log($"The ONNX model of {folder} in '{path}' stays with ML.NET's transformer, a row a call and on the device of its own choice: {why}");
        batched?.Dispose();
        source?.Close();
        return null;
    }

    private static bool AreAlike(DataViewSchema stock, DataViewSchema batched)
        => stock.Select(Describe).SequenceEqual(batched.Select(Describe));

    private static (string Name, DataViewType Type, int Annotations) Describe(DataViewSchema.Column column)
        => (column.Name, column.Type, column.Annotations.Schema.Count);

    private byte[] ReadModel(string folder)
    {
        string name = $"{folder}/{ModelEntry}";
        ZipArchiveEntry entry = archive.Entries.FirstOrDefault(e => e.FullName.Replace('\\', '/') == name)
            ?? throw new InvalidDataException($"there is no entry '{name}'.");
        using Stream content = entry.Open();
        Span<byte> lengthBytes = stackalloc byte[sizeof(int)];
        int found = content.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false);
        using MemoryStream model = new(); // grows with what arrives, whatever the length says
        content.CopyTo(model);
        return found == lengthBytes.Length && model.Length == BinaryPrimitives.ReadInt32LittleEndian(lengthBytes)
            ? model.ToArray()
            : throw new InvalidDataException($"the entry '{name}' has another length than it says.");
    }
}
