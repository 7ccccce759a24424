using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class ModelOperationsCatalog
{
    private const string SchemaEntryName = "Schema";
    private const string TransformerDirectory = "TransformerChain";

    internal ModelOperationsCatalog(IHostEnvironment env) => Environment = env;

    internal IHostEnvironment Environment { get; }

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        Contracts.CheckValue(stream, nameof(stream));
        using var repository = new RepositoryWriter(stream);
        ModelSaveContext.SaveModel(repository, model, TransformerDirectory);
        if (inputSchema is null)
            return;
        using Stream entry = repository.CreateEntry(null, SchemaEntryName);
        SchemaWriter.Write(inputSchema, entry);
    }

    // Written beside its place and moved there: a model that cannot be saved leaves the one before it alone.
    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        string temporary = $"{filePath}.{Path.GetRandomFileName()}";
        try
        {
            using (FileStream stream = File.Create(temporary))
                Save(model, inputSchema, stream);
            File.Move(temporary, filePath, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        Contracts.CheckValue(stream, nameof(stream));
        using var repository = new RepositoryReader(stream);
        using MemoryStream entry = repository.OpenEntryOrNull(null, SchemaEntryName);
        inputSchema = entry is null ? null : SchemaReader.Read(entry);
        ITransformer model = ModelLoadContext.LoadModelOrNull<ITransformer>(Environment, repository, TransformerDirectory);
        // With neither schema nor chain ML.NET takes it for a model of before version 1, and fails in these words.
        Contracts.Check(model is not null || inputSchema is not null, "Could not load legacy format model");
        return model ?? throw Contracts.ExceptDecode("Corrupt model file");
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
        ITransformer transformer,
        bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new() =>
        new(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition);
}
