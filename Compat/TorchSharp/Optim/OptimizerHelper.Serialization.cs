using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>
/// The original's file: the optimizer's name, how many groups and parameters, for each group its settings, for each
/// parameter its state, tensors as in a module's .dat file.
/// </summary>
public abstract partial class OptimizerHelper
{
    internal void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        StateFile.WriteLength(writer, Groups.Count);
        StateFile.WriteLength(writer, _states.Count);
        foreach (var group in Groups)
        {
            writer.Write(group.InitialLearningRate);
            writer.Write(group.LearningRate);
            SaveOptions(writer);
        }

        foreach (var parameter in parameters())
        {
            SaveState(writer, _states[parameter]);
        }
    }

    public void load_state_dict(BinaryReader reader)
    {
        string name = StateFile.ReadName(reader);
        if (name != GetType().Name)
        {
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        }

        long groups = StateFile.ReadLength(reader);
        long states = StateFile.ReadLength(reader);
        if (groups != Groups.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        }

        if (states != _states.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
        }

        foreach (var group in Groups)
        {
            group.InitialLearningRate = reader.ReadDouble();
            group.LearningRate = reader.ReadDouble();
            LoadOptions(reader);
        }

        foreach (var parameter in parameters())
        {
            LoadState(reader, _states[parameter]);
        }
    }

    private protected abstract void SaveOptions(BinaryWriter writer);

    private protected abstract void LoadOptions(BinaryReader reader);

    private protected abstract void SaveState(BinaryWriter writer, ParameterState state);

    private protected abstract void LoadState(BinaryReader reader, ParameterState state);
}
