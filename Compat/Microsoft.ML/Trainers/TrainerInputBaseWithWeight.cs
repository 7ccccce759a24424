namespace Microsoft.ML.Trainers;

public abstract class TrainerInputBaseWithWeight : TrainerInputBaseWithLabel
{
    internal string ExampleWeightColumnName;

    private protected TrainerInputBaseWithWeight()
    {
    }
}
