namespace OnnxAE.Pipelines.Demo;

/// <summary>What the command line asks of the demo.</summary>
/// <param name="DataSet">A known data set, or a folder with IDX files.</param>
/// <param name="OutputFolder">The run folder; null for <c>runs/demo-</c> and the data set's name.</param>
/// <param name="Seed">Decides the weights, the noise, the order of the images and the draws of the labels.</param>
/// <param name="Epochs">Passes over the training images; null for the demo's own number.</param>
internal sealed record DemoRequest(string DataSet, string? OutputFolder, int Seed, int? Epochs);
