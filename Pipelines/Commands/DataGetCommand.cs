using System.CommandLine;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary><c>data get</c>: finds a data set or downloads it, and checks it.</summary>
internal sealed class DataGetCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Data set, for example fashion-mnist. 'onnxae data list' shows all." };

    private readonly Option<string?> _folder = new("--folder") { Description = "Look only in this folder and download nothing.", HelpName = "FOLDER" };

    public DataGetCommand(CliContext context)
        : base("get", "Finds or downloads a data set and checks every file.", "fashion-mnist", context) => Declare(_name, _folder);

    protected override bool NeedsLibtorch => false;

    protected override async Task<object> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        DataSetStore store = Context.DataSets;
        DataSetInfo set = store.GetInfo(arguments.GetRequiredValue(_name));
        DataSetFiles files = await ProgressDisplay.For(Context).RunAsync($"Looking for {set.Name}", step =>
            store.GetAsync(set.Name, arguments.GetValue(_folder), new DownloadProgress(store, step), cancellationToken));

        Context.WriteLine($"{files.Name}: {files.Folder} ({files.Provider}), all four files as published");
        return files;
    }
}
