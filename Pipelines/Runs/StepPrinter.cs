using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Runs the steps of a command: shows each one's progress under a title, times it, and prints a line of what came of it.</summary>
internal sealed class StepPrinter(CliContext cli)
{
    private readonly IProgressDisplay _display = ProgressDisplay.For(cli);
    private readonly List<StepTime> _times = [];

    /// <summary>How long each step took, in order.</summary>
    public IReadOnlyList<StepTime> Times => _times;

    /// <summary>The same by name.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _times.ToDictionary(time => time.Step, time => time.Seconds);

    /// <summary>Prints a line under a step's name.</summary>
    public void Write(string name, FormattableString text) => cli.WriteLine($"{name,-9} {FormattableString.Invariant(text)}");

    /// <summary>Runs a step.</summary>
    /// <param name="name">Heads its line.</param>
    /// <param name="title">Stands beside its progress.</param>
    /// <param name="work">The step.</param>
    /// <param name="describe">What its line says.</param>
    public async Task<T> RunAsync<T>(string name, string title, Func<IProgressStep, Task<T>> work, Func<T, FormattableString> describe)
    {
        T result = await TimeAsync(name, () => _display.RunAsync(title, work));
        Write(name, describe(result));
        return result;
    }

    /// <summary>Runs a step that has nothing to wait for.</summary>
    public Task<T> RunAsync<T>(string name, string title, Func<IProgressStep, T> work, Func<T, FormattableString> describe) =>
        RunAsync(name, title, step => Task.FromResult(work(step)), describe);

    /// <summary>Times a step that shows its own progress and prints its own line.</summary>
    public async Task<T> TimeAsync<T>(string name, Func<Task<T>> work)
    {
        long start = cli.Time.GetTimestamp();
        T result = await work();
        _times.Add(new StepTime(name, Math.Round(cli.Time.GetElapsedTime(start).TotalSeconds, 2)));
        return result;
    }

    /// <summary>Loads a data set and says where it was found.</summary>
    /// <exception cref="ArgumentException">The name is neither a data set's nor a folder's.</exception>
    public async Task<LabeledImages> LoadAsync(DataSetStore store, DataRequest request, CancellationToken cancellationToken)
    {
        LabeledImages data = await RunAsync(
            "data", $"Loading {request.Source}", step => new LabeledImagesLoader(store).LoadAsync(request, step, cancellationToken), Describe);
        foreach (string remark in data.Remarks)
        {
            Write("data", $"{remark}");
        }

        return data;
    }

    /// <summary>Images of a data set in a line.</summary>
    public static FormattableString Describe(LabeledImages data) =>
        $"{data.Train.Count:N0} training and {data.Test.Count:N0} test {(data.Table is null ? "images" : "rows")} of {data.Name} ({RowShapes.Say(data.Train.Shape)}), from {data.Folder}";
}

/// <summary>How long a step took.</summary>
internal sealed record StepTime(string Step, double Seconds);
