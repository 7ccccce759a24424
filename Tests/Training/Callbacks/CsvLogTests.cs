using System.Globalization;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CsvLogTests
{
    [TestMethod]
    public void EachColumnHasTheNumberThatItsHeadingSays()
    {
        using var folder = new TemporaryFolder();
        TrainingHistory history;
        using (var log = new CsvLog(folder["log.csv"]))
        using (var model = new NoisyNetwork())
        {
            var options = new TrainingOptions { Epochs = 2, BatchSize = 10, Objective = ObjectiveNotation.Parse("mse + kl(0.1)") };
            history = new AutoencoderTrainer(options).Fit(model, TinyData.Bars(40), TinyData.Bars(12, seed: 2), [log]);
        }

        string[] lines = File.ReadAllLines(folder["log.csv"]);
        Assert.AreEqual(
            "epoch,step,learning_rate,train_loss,train_mse,train_kl,validation_loss,validation_mse,validation_kl,seconds,images_per_second", lines[0]);
        Assert.HasCount(3, lines);
        foreach ((EpochResult epoch, string line) in history.Epochs.Zip(lines.Skip(1)))
        {
            double[] expected =
            [
                epoch.Epoch, epoch.Step, 1e-3, epoch.TrainLoss, epoch.TrainParts!["mse"], epoch.TrainParts["kl"],
                epoch.ValidationLoss!.Value, epoch.ValidationParts!["mse"], epoch.ValidationParts["kl"],
            ];
            CollectionAssert.AreEqual(expected, line.Split(',').Take(expected.Length).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());
        }
    }
}
