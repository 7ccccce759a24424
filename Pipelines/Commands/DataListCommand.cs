using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>data list</c>: the known data sets and where each lies on this machine.</summary>
internal sealed class DataListCommand(CliContext context)
    : CliCommand("list", "Lists the data sets and where they are on this machine.", "", context)
{
    protected override bool NeedsLibtorch => false;

    protected override Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        DataSetStore store = Context.DataSets;
        var found = store.Known.Select(set => new
        {
            set.Name,
            set.Description,
            set.Source,
            Files = store.Find(set.Name),
        }).ToList();

        var table = new ResultTable("name", "found in", "folder");
        foreach (var set in found)
        {
            table.Add(set.Name, set.Files?.Provider ?? "not here", set.Files?.Folder ?? $"onnxae data get {set.Name}");
        }

        table.Write(Context);
        foreach (var set in found)
        {
            Context.WriteLine($"{set.Name}: {set.Description}");
        }

        return Task.FromResult<object>(new { DataSets = found });
    }
}
