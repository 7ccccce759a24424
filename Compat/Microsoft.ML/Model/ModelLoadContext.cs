using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A stored model being read: its numbers through <see cref="Reader"/>, its strings, entries and sub-models by name.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    private readonly ModelHeader _header;
    private readonly string[] _strings;

    private ModelLoadContext(RepositoryReader repository, string directory, MemoryStream stream)
    {
        Repository = repository;
        Directory = directory;
        Reader = new BinaryReader(stream);
        ReadOnlySpan<byte> bytes = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        _header = ModelHeader.Read(bytes);
        _header.Validate(bytes.Length);
        Contracts.CheckDecode(BitConverter.ToUInt64(bytes[(int)_header.FpTail..]) == ModelHeader.TailSignatureValue, "Corrupt model file tail");
        _strings = ReadStrings(bytes);
        stream.Position = ModelHeader.Size;
    }

    public BinaryReader Reader { get; }

    public RepositoryReader Repository { get; }

    public string Directory { get; }

    public void Dispose() => Reader.Dispose();

    /// <summary>Loads what is stored in a folder of the archive, by the loader that its header names.</summary>
    /// <exception cref="FormatException">The folder holds no such thing, or it is damaged.</exception>
    public static T LoadModel<T>(IHostEnvironment env, RepositoryReader repository, string directory)
        where T : class =>
        LoadModelOrNull<T>(env, repository, directory) ?? throw Contracts.ExceptDecode("Corrupt model file");

    /// <summary>As LoadModel, but null where the folder holds no model.</summary>
    public static T LoadModelOrNull<T>(IHostEnvironment env, RepositoryReader repository, string directory)
        where T : class
    {
        MemoryStream stream = repository.OpenEntryOrNull(directory, ModelPath.ModelStreamName);
        if (stream is null)
            return null;
        using var context = new ModelLoadContext(repository, directory, stream);
        try
        {
            object model = LoadableClasses.Find(context._header.GetLoaderSignature())(env, context);
            Contracts.CheckDecode(context.Reader.BaseStream.Position == ModelHeader.Size + context._header.CbModel);
            return model as T ?? throw Contracts.ExceptDecode($"Couldn't load model: '{directory}'");
        }
        catch (EndOfStreamException e)
        {
            throw Contracts.ExceptDecode("Corrupt model file", e);
        }
    }

    /// <summary>Loads a sub-model from a folder below this model's.</summary>
    public T LoadModel<T>(IHostEnvironment env, string name)
        where T : class => LoadModel<T>(env, Repository, ModelPath.Combine(Directory, name));

    /// <summary>As LoadModel, but null where there is none of that name.</summary>
    public T LoadModelOrNull<T>(IHostEnvironment env, string name)
        where T : class => LoadModelOrNull<T>(env, Repository, ModelPath.Combine(Directory, name));

    /// <summary>Reads a part written by <see cref="ModelSaveContext.SaveSubModel"/>; false where there is none.</summary>
    public bool TryProcessSubModel(string dir, Action<ModelLoadContext> action)
    {
        string path = ModelPath.Combine(Directory, dir);
        MemoryStream stream = Repository.OpenEntryOrNull(path, ModelPath.ModelStreamName);
        if (stream is null)
            return false;
        using var context = new ModelLoadContext(Repository, path, stream);
        action(context);
        return true;
    }

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> load)
    {
        MemoryStream stream = Repository.OpenEntryOrNull(Directory, name);
        if (stream is null)
            return false;
        using var reader = new BinaryReader(stream);
        load(reader);
        return true;
    }

    /// <summary>Demands that this is the kind of model that the caller knows how to read, in a version that it knows.</summary>
    public void CheckVersionInfo(VersionInfo info) => _header.CheckVersionInfo(info);

    /// <summary>As CheckVersionInfo, and that nothing was read yet.</summary>
    public void CheckAtModel(VersionInfo info)
    {
        Contracts.CheckDecode(Reader.BaseStream.Position == ModelHeader.Size);
        CheckVersionInfo(info);
    }

    /// <summary>The version that the model was written in.</summary>
    public uint ModelVerWritten => _header.ModelVerWritten;

    /// <summary>Who loads the model.</summary>
    public string LoaderSignature => _header.GetLoaderSignature();

    public string LoadStringOrNull()
    {
        int id = Reader.ReadInt32();
        return id == -1 ? null : GetString(id);
    }

    /// <summary>The string of a number that was stored elsewhere than in the model's own stream.</summary>
    public string GetString(int id)
    {
        Contracts.CheckDecode(id >= 0 && id < _strings.Length);
        return _strings[id];
    }

    public string LoadString()
    {
        string value = LoadStringOrNull();
        Contracts.CheckDecode(value is not null);
        return value;
    }

    public string LoadNonEmptyString()
    {
        string value = LoadString();
        Contracts.CheckDecode(value.Length > 0);
        return value;
    }

    /// <summary>Reads a count of items, refusing one that what is left of the model cannot hold.</summary>
    public int ReadCount(int bytesPerItem)
    {
        int count = Reader.ReadInt32();
        long left = ModelHeader.Size + _header.CbModel - Reader.BaseStream.Position;
        Contracts.CheckDecode(count >= 0 && (long)count * bytesPerItem <= left);
        return count;
    }

    private string[] ReadStrings(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> ends = bytes.Slice((int)_header.FpStringTable, (int)_header.CbStringTable);
        ReadOnlySpan<byte> characters = bytes.Slice((int)_header.FpStringChars, (int)_header.CbStringChars);
        var strings = new string[ends.Length / sizeof(long)];
        long start = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            long end = BitConverter.ToInt64(ends[(i * sizeof(long))..]);
            Contracts.CheckDecode(end >= start && end <= characters.Length && end % sizeof(char) == 0);
            strings[i] = Encoding.Unicode.GetString(characters[(int)start..(int)end]);
            start = end;
        }
        Contracts.CheckDecode(start == characters.Length);
        return strings;
    }
}
