using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using OnnxAE.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>One ONNX file from pixels to the name of a class and the probabilities of all: encoder, standardisation and head as nodes of one graph.</summary>
internal static class FusedClassifier
{
    /// <summary>The metadata entry with the names of the classes, a JSON array.</summary>
    public const string ClassesKey = "onnxae.classes";

    /// <summary>Writes it: first under a temporary name, so that there is never half a file.</summary>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="encoderPath">Pixels to features.</param>
    /// <param name="offset">Taken from each feature; empty for none.</param>
    /// <param name="scale">Multiplied with each feature then.</param>
    /// <param name="head">Standardised features to logits.</param>
    /// <param name="classes">What the classes are called.</param>
    /// <exception cref="InvalidDataException">The encoder has operators that have to be trusted, or does not give as many features as the head takes.</exception>
    public static void Write(
        string path, string encoderPath, ReadOnlySpan<float> offset, ReadOnlySpan<float> scale, ClassifierHead head, IReadOnlyList<string> classes)
    {
        string tailPath = path + ".head.tmp";
        try
        {
            WriteTail(tailPath, offset.ToArray(), scale.ToArray(), head);
            ModelProto model = OnnxComposer.Compose(OnnxModelReader.Read(encoderPath), encoderPath, OnnxModelReader.Read(tailPath), "classifier head", null);
            GraphAdditions.AddLabel(model.Graph, OnnxNames.Probabilities, classes, OnnxNames.Label);
            Describe(model, head, classes);
            AtomicFile.Write(path, model.WriteTo);
        }
        finally
        {
            File.Delete(tailPath);
        }
    }

    // The same operations as in ML.NET's normalizer, in the same order, so that rounding is the same too.
    private static void WriteTail(string path, float[] offset, float[] scale, ClassifierHead head)
    {
        using Module<Tensor, Tensor> module = head.CreateModule();
        using Softmax softmax = Softmax(1);
        OnnxExporter.Export(
            [new OnnxInput(OnnxNames.Features, [head.InputSize])],
            (graph, inputs) =>
            {
                OnnxValue features = inputs[0];
                if (offset.Length > 0)
                {
                    features = graph.Subtract(features, graph.Constant("mean", offset, offset.Length));
                }

                features = graph.Multiply(features, graph.Constant("scale", scale, scale.Length));
                return graph.Call("softmax", softmax, graph.Call("head", module, features));
            },
            path,
            new OnnxExportOptions { OutputName = OnnxNames.Probabilities, GraphName = "classifier" });
    }

    private static void Describe(ModelProto model, ClassifierHead head, IReadOnlyList<string> classes)
    {
        model.Graph.Name = "classifier";
        model.DocString = string.Create(
            CultureInfo.InvariantCulture,
            $"Classifier: pixels to {OnnxNames.Probabilities} [{OnnxNames.Batch}, {head.ClassCount}] of the classes, and to {OnnxNames.Label} [{OnnxNames.Batch}], the name of the most probable one.");
        Set("onnxae.role", "classifier");
        Set("onnxae.class_count", head.ClassCount.ToString(CultureInfo.InvariantCulture));
        Set(ClassesKey, JsonSerializer.Serialize(classes));

        void Set(string key, string value)
        {
            StringStringEntryProto? entry = model.MetadataProps.FirstOrDefault(e => e.Key == key);
            if (entry is null)
            {
                model.MetadataProps.Add(entry = new StringStringEntryProto { Key = key });
            }

            entry.Value = value;
        }
    }
}
