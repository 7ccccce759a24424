using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>The finished classifier as ML.NET's .zip: an encoder, a normalizer, and a head of which stock transformers are saved.</summary>
internal static class SavedClassifier
{
    /// <summary>Its file name in a run.</summary>
    public const string FileName = "classifier.zip";

    /// <summary>The column that it reads.</summary>
    public const string PixelsColumn = "Pixels";

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The encoder and the normalizer.</param>
    /// <param name="head">Standardised features to logits.</param>
    /// <param name="pixelCount">Pixels of an image.</param>
    /// <param name="classes">What PredictedLabel's keys stand for.</param>
    public static void Write(string path, StandardFeatures features, ClassifierHead head, int pixelCount, ClassList classes)
    {
        var ml = new MLContext(seed: 1);
        using ClassifierHeadTransformer classifier = head.CreateTransformer(ml.MulticlassClassification.Trainers, Label(classes), "Features", "Logits");
        features.Save(classifier, pixelCount, path);
    }

    private static DataViewSchema.Column Label(ClassList classes)
    {
        DataViewSchema.Annotations.Builder names = new();
        names.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, classes.Count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(classes.Count, [.. classes.Names.Select(name => name.AsMemory())]));
        DataViewSchema.Builder schema = new();
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), classes.Count), names.ToAnnotations());
        return schema.ToSchema()["Label"];
    }
}
