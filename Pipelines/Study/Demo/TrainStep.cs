using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains the denoising autoencoder on all training images; no label is looked at.</summary>
internal sealed class TrainStep(DemoSession session)
{
    /// <summary>Trains, measuring the test loss after every epoch. It is only shown: nothing is chosen by it.</summary>
    public TrainedModel Run(Architecture architecture, LabeledImages data, IProgressStep step)
    {
        TrainingOptions options = TrainingOptions.For(architecture, session.Seed);
        options = options with { Epochs = session.Settings.Epochs ?? options.Epochs };
        Autoencoder model = architecture.Create(session.Seed);
        var history = new AutoencoderTrainer(options)
            .Fit(model, data.Train, data.Test, [new TrainingReporter(step)], session.CancellationToken);
        return new TrainedModel(architecture, model, options, history);
    }
}

/// <summary>What training leaves.</summary>
/// <param name="Architecture">The catalogue's row.</param>
/// <param name="Model">The network, trained.</param>
/// <param name="Options">How it was trained.</param>
/// <param name="History">The losses.</param>
internal sealed record TrainedModel(Architecture Architecture, Autoencoder Model, TrainingOptions Options, TrainingHistory History) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
