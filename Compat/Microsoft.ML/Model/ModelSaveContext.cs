using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class ModelSaveContext : IDisposable
{
    private readonly Stream _stream;
    private readonly List<string> _strings = [];
    private ModelHeader _header;
    private string _loaderAssemblyName;

    private ModelSaveContext(RepositoryWriter repository, string directory)
    {
        Repository = repository;
        Directory = directory;
        _stream = repository.CreateEntry(directory, ModelPath.ModelStreamName);
        Writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
        _header = new ModelHeader
        {
            Signature = ModelHeader.SignatureValue,
            VerWritten = ModelHeader.Version,
            VerReadable = ModelHeader.Version,
            FpModel = ModelHeader.Size,
        };
        _header.Write(Writer); // its place is taken now, its content is known at the end
    }

    internal BinaryWriter Writer { get; }

    internal RepositoryWriter Repository { get; }

    internal string Directory { get; }

    public void Dispose()
    {
        Writer.Dispose();
        _stream.Dispose();
    }

    /// <summary>Saves a model, and by that all its sub-models, into a folder of the archive.</summary>
    internal static void SaveModel<T>(RepositoryWriter repository, T value, string path)
        where T : class
    {
        if (value is not ICanSaveModel model)
            return;
        using var context = new ModelSaveContext(repository, path);
        model.Save(context);
        context.Done();
    }

    /// <summary>Saves a sub-model into a folder below this model's.</summary>
    internal void SaveModel<T>(T value, string name)
        where T : class => SaveModel(Repository, value, ModelPath.Combine(Directory, name));

    /// <summary>Saves a part that has a header of its own but is no object that can save itself.</summary>
    internal void SaveSubModel(string dir, Action<ModelSaveContext> save)
    {
        using var context = new ModelSaveContext(Repository, ModelPath.Combine(Directory, dir));
        save(context);
        context.Done();
    }

    /// <summary>Demands that nothing was written yet: Save must be called by the framework, once.</summary>
    internal void CheckAtModel() => Contracts.Check(_stream.Position == ModelHeader.Size, "The model has been saved already");

    internal void SetVersionInfo(VersionInfo info)
    {
        _header.SetVersionInfo(info);
        _loaderAssemblyName = info.LoaderAssemblyName;
    }

    /// <summary>Writes the number of a string in this model's string table; null is -1.</summary>
    internal void SaveStringOrNull(string value) => Writer.Write(value is null ? -1 : GetStringId(value));

    /// <summary>The number of a string in this model's string table, to be stored elsewhere than in the model's own stream.</summary>
    internal int GetStringId(string value)
    {
        int id = _strings.IndexOf(value);
        if (id < 0)
        {
            id = _strings.Count;
            _strings.Add(value);
        }
        return id;
    }

    internal void SaveString(string value)
    {
        Contracts.CheckValue(value, nameof(value));
        SaveStringOrNull(value);
    }

    internal void SaveNonEmptyString(string value)
    {
        Contracts.CheckNonEmpty(value, nameof(value));
        SaveStringOrNull(value);
    }

    internal void SaveBinaryStream(string name, Action<BinaryWriter> save)
    {
        using Stream entry = Repository.CreateEntry(Directory, name);
        using var writer = new BinaryWriter(entry, Encoding.UTF8, leaveOpen: true);
        save(writer);
    }

    internal void SaveTextStream(string name, Action<TextWriter> save)
    {
        using Stream entry = Repository.CreateEntry(Directory, name);
        using var writer = new StreamWriter(entry, leaveOpen: true);
        save(writer);
    }

    private void Done()
    {
        _header.CbModel = Writer.BaseStream.Position - ModelHeader.Size;
        if (_strings.Count > 0)
            WriteStrings();
        if (!string.IsNullOrEmpty(_loaderAssemblyName))
        {
            _header.FpAssemblyName = Writer.BaseStream.Position;
            _header.CbAssemblyName = (uint)_loaderAssemblyName.Length * sizeof(char);
            Writer.Write(Encoding.Unicode.GetBytes(_loaderAssemblyName));
        }
        _header.FpTail = Writer.BaseStream.Position;
        Writer.Write(ModelHeader.TailSignatureValue);
        _header.FpLim = Writer.BaseStream.Position;
        Writer.BaseStream.Position = 0;
        _header.Write(Writer);
        Writer.Flush();
    }

    private void WriteStrings()
    {
        _header.FpStringTable = Writer.BaseStream.Position;
        _header.CbStringTable = _strings.Count * sizeof(long);
        long end = 0;
        foreach (string value in _strings)
            Writer.Write(end += value.Length * sizeof(char));
        _header.FpStringChars = Writer.BaseStream.Position;
        _header.CbStringChars = end;
        foreach (string value in _strings)
            Writer.Write(Encoding.Unicode.GetBytes(value));
    }
}
