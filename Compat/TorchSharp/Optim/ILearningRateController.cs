namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Parameters that share a learning rate.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }
    }
}
