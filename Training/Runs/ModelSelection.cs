namespace OnnxAE.Training;

/// <summary>How a run was watched, and which epoch's weights it kept.</summary>
/// <param name="Validation">What the loss was measured on after every epoch: <c>test</c>, <c>none</c>, or the share of the training images held back, such as <c>0.1</c>.</param>
/// <param name="Patience">Epochs without an improvement that would have ended it; null for none.</param>
/// <param name="BestWeights">Whether the weights of the best epoch were kept instead of the last one's.</param>
/// <param name="WeightsOfEpoch">The epoch whose weights the run folder has, counted from 1.</param>
public sealed record ModelSelection(string Validation, int? Patience, bool BestWeights, int WeightsOfEpoch);
