namespace Microsoft.ML.Trainers;

public abstract class TrainerInputBaseWithLabel : TrainerInputBase
{
    internal string LabelColumnName = "Label";

    private protected TrainerInputBaseWithLabel()
    {
    }
}
