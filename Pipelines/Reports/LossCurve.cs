namespace OnnxAE.Pipelines;

/// <summary>One line of the loss chart.</summary>
/// <param name="Name">Shown at its end, such as <c>training</c>; also its style class.</param>
/// <param name="Losses">One value an epoch, from the first on.</param>
internal sealed record LossCurve(string Name, IReadOnlyList<double> Losses);
