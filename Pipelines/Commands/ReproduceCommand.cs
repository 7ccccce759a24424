using System.CommandLine;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary><c>reproduce</c>: the source documents' networks, their figures beside ours.</summary>
internal sealed class ReproduceCommand : CliCommand
{
    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Train only these rows. Rows that were trained earlier stay in the table.",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "Train a few epochs on 2,000 images, to see that every row works." };

    private readonly Option<bool> _tuned = new("--tuned")
    {
        Description = "Use faster settings and half of the documents' epochs, for the rows that have such settings.",
    };

    private readonly Option<bool> _full = new("--full-length") { Description = "With --tuned: use as many epochs as the documents." };

    private readonly Option<int> _seed = CliOptions.Seed("Seed of all random numbers. Each seed has its own run folders.", ReproduceSettings.UsualSeed);

    private readonly Option<string> _output = new("--out")
    {
        Description = "Folder for the runs. A row that is there is not trained again; one that was interrupted goes on.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("runs", "reproduce"),
    };

    public ReproduceCommand(CliContext context)
        : base("reproduce", "Trains the source documents' networks and compares figures.", "--only linear-2 --quick", context) =>
        Declare(_only, _quick, _tuned, _full, _seed, _output);

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var settings = new ReproduceSettings(arguments.GetRequiredValue(_output))
        {
            Quick = arguments.GetValue(_quick),
            Tuned = arguments.GetValue(_tuned),
            FullLength = arguments.GetValue(_full),
            Seed = arguments.GetValue(_seed),
        };
        if (settings is { FullLength: true, Tuned: false })
        {
            throw new UsageException("--full-length goes with --tuned; without it the documents' epochs are the rule.");
        }

        var rows = SeedTable.Rows.Where(settings.Includes).ToList();
        string[] asked = arguments.GetValue(_only) is { Length: > 0 } ids ? ids : [.. rows.Select(row => row.Id)];
        if (asked.FirstOrDefault(id => !rows.Exists(row => Is(row, id))) is { } unknown)
        {
            throw new UsageException($"--only takes {string.Join(", ", rows.Select(row => row.Id))}, not '{unknown}'.");
        }

        var runner = new RowRunner(settings, Context.Time);
        List<RowFailure> failures = [];
        foreach (SeedRow row in rows)
        {
            // A record that cannot be read is somebody's to look at: its run is neither shown nor replaced.
            await TryAsync(row, () => Task.FromResult(runner.Find(row)));
        }

        foreach (SeedRow row in rows.Where(row => IsDue(row) || (rows.Exists(next => next.StartsFrom == row.Id && IsDue(next)) && IsMissing(row))))
        {
            await TryAsync(row, async () => HasFailed(row.StartsFrom)
                ? throw new InvalidOperationException($"It starts from {row.StartsFrom}, which failed.")
                : await TrainAsync(row, runner, cancellationToken));
        }

        object figures = Report(settings, rows, runner, failures);
        return failures.Count == 0 ? figures : throw new IncompleteException(
            $"{failures.Count} row(s) failed. {string.Join(" ", failures.Select(failure => $"{failure.Id}: {failure.Reason}"))}", figures);

        bool IsDue(SeedRow row) => asked.Any(id => Is(row, id)) && IsMissing(row);
        bool IsMissing(SeedRow row) => !HasFailed(row.Id) && runner.Find(row) is null;
        bool HasFailed(string? id) => failures.Exists(failure => failure.Id == id);

        async Task TryAsync(SeedRow row, Func<Task<RunRecord?>> work)
        {
            try
            {
                await work();
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
            {
                failures.Add(new RowFailure(row.Id, ErrorSentence.For(exception).Sentence)); // the others go on
                Context.WriteLine($"{row.Id} failed: {failures[^1].Reason}");
            }
        }
    }

    private Task<RunRecord?> TrainAsync(SeedRow row, RowRunner runner, CancellationToken cancellationToken)
    {
        if (runner.WhyOutdated(row) is { } reason)
        {
            Context.WriteLine($"{row.Id} is trained anew: {reason}.");
        }

        return ProgressDisplay.For(Context).RunAsync<RunRecord?>($"Training {row.Id}", async step =>
        {
            LabeledImages data = await new LabeledImagesLoader(Context.DataSets).LoadAsync(new DataRequest(ModelCatalog.Get(row.Id).DataSet), step, cancellationToken);
            return runner.Run(row, data, step, cancellationToken);
        });
    }

    private object Report(ReproduceSettings settings, IReadOnlyList<SeedRow> rows, RowRunner runner, IReadOnlyList<RowFailure> failures)
    {
        var runs = rows.ToDictionary(row => row.Id, row => failures.Any(failure => failure.Id == row.Id) ? null : runner.Find(row));
        var results = rows
            .Where(row => runs[row.Id] is not null)
            .SelectMany(row => RowResult.Of(row, runs[row.Id]!, id => runs.GetValueOrDefault(id)))
            .ToList();

        var table = new ResultTable("id", "#parameters", "#epochs", "#seconds", "metric", "#ours", "#documented", "#aim", "");
        foreach (RowResult result in results)
        {
            table.Add(
                result.Id,
                Quantity.Number(result.Parameters),
                $"{result.Epochs}",
                $"{result.Seconds:N0}",
                result.Metric,
                Number(result.Ours),
                Number(result.Documented),
                result.AtMost is { } most ? $"<= {Number(result.Documented ?? most)}" : "-",
                settings.Quick ? "" : result.Passed switch { true => "passed", false => "MISSED", null => "" });
        }

        table.Write(Context);
        string[] missing = [.. rows.Where(row => runs[row.Id] is null && failures.All(failure => failure.Id != row.Id)).Select(row => row.Id)];
        if (missing.Length > 0)
        {
            Context.WriteLine($"Not trained yet: {string.Join(", ", missing)}.");
        }

        Context.WriteLine("Validation is on the data set's test images, as in the documents.");
        return new
        {
            settings.Quick,
            settings.Tuned,
            settings.FullLength,
            settings.Seed,
            Cores = Environment.ProcessorCount,
            Libraries = LibraryVersion.Describe(),
            Rows = results,
            Failures = failures,
        };
    }

    private static bool Is(SeedRow row, string id) => ModelCatalog.BuiltIn.Find(id)?.Name == row.Id;

    private static string Number(double? value) => value switch
    {
        null => "-",
        >= 10 => Quantity.Fixed(value, 2),
        >= 0.01 => Quantity.Fixed(value, 4),
        _ => $"{value:G3}",
    };
}
