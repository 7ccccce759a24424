using System.Security.Cryptography;
using System.Text;
using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// A run in a file: weights, the optimizer's averages, where in which epoch it stands, the curve so far, the best weights
/// and what else the callbacks remember. A run that goes on from it ends with the weights, to the bit, of one that was
/// never stopped. A safetensors file, replaced in one go; nothing in it is trusted on reading.
/// </summary>
internal static class Checkpoint
{
    private const string StateKey = "onnxae", HashKey = "sha256";
    private const string ModelPrefix = "model.", OptimizerName = "optimizer", CallbackPrefix = "callback.";

    /// <summary>Saves a run as it stands between two steps.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; one that is there is replaced at the end, in one go.</param>
    /// <exception cref="IOException">The disk is full or the folder is gone; an earlier file is as it was.</exception>
    public static void Save(TrainingRun run, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using Tensor optimizer = OptimizerState.Save(run.Optimizer.Optimizer);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [OptimizerName] = optimizer };
        Add(tensors, ModelPrefix, run.Model.state_dict());
        var numbers = new SortedDictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (ICheckpointedCallback callback in run.Callbacks.OfType<ICheckpointedCallback>())
        {
            var memory = new CallbackState();
            callback.Save(memory);
            numbers.Add(callback.StateName, memory.Numbers);
            Add(tensors, $"{CallbackPrefix}{callback.StateName}.", memory.Tensors);
        }

        string state = new CheckpointState
        {
            Format = CheckpointState.CurrentFormat,
            Configuration = run.Configuration,
            Step = run.Step,
            Epoch = run.Epoch,
            ImagesDone = run.ImagesDone,
            LossSums = run.Losses.Sums,
            Seconds = run.Elapsed.TotalSeconds,
            StopReason = run.StopReason,
            Epochs = run.Epochs,
            Callbacks = numbers,
        }.ToJson();
        var metadata = new Dictionary<string, string> { [StateKey] = state, [HashKey] = Hash(state, tensors) };
        AtomicFile.Write(path, stream => SafeTensors.Write(stream, tensors, metadata));
    }

    /// <summary>Puts a run that has not begun where a checkpoint says.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or belongs to another run; the message says which. The run is of no use then.</exception>
    internal static void Restore(TrainingRun run, string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no checkpoint '{path}'.", path);
        }

        Dictionary<string, Tensor> tensors = [];
        try
        {
            using FileStream stream = File.OpenRead(path);
            (tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Read(stream);
            string state = metadata.GetValueOrDefault(StateKey) ?? "";
            if (metadata.GetValueOrDefault(HashKey) != Hash(state, tensors))
            {
                throw new InvalidDataException("Its SHA-256 does not fit its contents: the file is damaged.");
            }

            Restore(run, CheckpointState.Parse(state), tensors);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{path}' cannot be resumed. {exception.Message}", exception);
        }
        finally
        {
            foreach (Tensor tensor in tensors.Values)
            {
                tensor.Dispose();
            }
        }
    }

    private static void Restore(TrainingRun run, CheckpointState state, Dictionary<string, Tensor> tensors)
    {
        CheckpointConfiguration.Require(state.Configuration, run);
        run.Resume(state);
        if (!tensors.TryGetValue(OptimizerName, out Tensor? optimizer) || optimizer.dtype != ScalarType.Byte)
        {
            throw new InvalidDataException("It lacks the optimizer's state.");
        }

        RequireCallbacks([.. state.Callbacks.Keys], run);
        WeightSnapshot.Copy(Part(tensors, ModelPrefix), run.Model.state_dict());
        OptimizerState.Load(run.Optimizer.Optimizer, optimizer.bytes.ToArray());
        foreach (ICheckpointedCallback callback in run.Callbacks.OfType<ICheckpointedCallback>())
        {
            if (state.Callbacks.TryGetValue(callback.StateName, out Dictionary<string, double>? numbers))
            {
                callback.Load(new CallbackState { Numbers = numbers, Tensors = Part(tensors, $"{CallbackPrefix}{callback.StateName}.") }, run);
            }
        }
    }

    private static void RequireCallbacks(IReadOnlyCollection<string> remembered, TrainingRun run)
    {
        ICheckpointedCallback[] callbacks = [.. run.Callbacks.OfType<ICheckpointedCallback>()];
        string[] lost = [.. remembered.Except(callbacks.Select(callback => callback.StateName)).Order(StringComparer.Ordinal)];
        if (lost.Length > 0)
        {
            throw new InvalidDataException($"It was saved by a run with {string.Join(" and ", lost)}, and this one goes on without. Ask for the same, or start a new run elsewhere.");
        }

        string[] late = [.. callbacks.Where(callback => !callback.MayStartLate).Select(callback => callback.StateName).Except(remembered).Order(StringComparer.Ordinal)];
        if (late.Length > 0)
        {
            throw new InvalidDataException($"It was saved by a run without {string.Join(" and ", late)}, which would know nothing of the epochs before. Ask for the same, or start a new run elsewhere.");
        }
    }

    private static void Add(Dictionary<string, Tensor> tensors, string prefix, IEnumerable<KeyValuePair<string, Tensor>> more)
    {
        foreach ((string name, Tensor tensor) in more)
        {
            tensors.Add(prefix + name, tensor);
        }
    }

    private static Dictionary<string, Tensor> Part(Dictionary<string, Tensor> tensors, string prefix) => tensors
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal);

    // Damage is found by this; that names, types and shapes are the run's own is checked one by one.
    private static string Hash(string state, Dictionary<string, Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(state));
        foreach (Tensor tensor in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value))
        {
            SafeTensors.ReadBytes(tensor, hash.AppendData);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
