using Microsoft.ML;

namespace OnnxAE.Pipelines.Demo;

/// <summary>One draw of the labels that the classifiers may see.</summary>
/// <param name="Seed">Decides which rows were drawn, and whatever a classifier draws itself.</param>
/// <param name="Labeled">The rows drawn, with <c>Pixels</c> and <c>Label</c>.</param>
internal sealed record LabelDraw(int Seed, IDataView Labeled);
