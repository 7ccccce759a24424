using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>A model that makes one vector of floats of one picture: what can be averaged over mirror images and put side by side.</summary>
/// <param name="Model">The model.</param>
/// <param name="Source">What to call the file in messages.</param>
/// <param name="Input">Shape of its only input.</param>
/// <param name="Output">Shape of its only output, [rows, features].</param>
internal sealed record EncoderGraph(ModelProto Model, string Source, ValueShape Input, ValueShape Output)
{
    /// <summary>The graph.</summary>
    public GraphProto Graph => Model.Graph;

    /// <summary>Name of the only input.</summary>
    public string InputName => Graph.FreeInputs().Single().Name;

    /// <summary>Name of the only output.</summary>
    public string OutputName => Graph.Output[0].Name;

    /// <summary>Reads a file.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="purpose">What is to be done with it, such as <c>averaged</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, would have to be trusted, or is no encoder.</exception>
    public static EncoderGraph Read(string path, string purpose)
    {
        ModelProto model = OnnxModelReader.Read(path);
        ForeignModel.Require(model, path, purpose);
        ValueInfoProto[] inputs = [.. model.Graph.FreeInputs()];
        if (inputs.Length != 1 || model.Graph.Output.Count != 1)
        {
            throw new InvalidDataException(
                $"'{path}' has {inputs.Length} inputs and {model.Graph.Output.Count} outputs, expected an encoder with one of each: it can't be {purpose}.");
        }

        ValueShape input = ValueShape.Of(inputs[0]) ?? throw new InvalidDataException($"The input '{inputs[0].Name}' of '{path}' has no shape: it can't be {purpose}.");
        ValueShape output = ShapeInference.Output(ShapeInference.Infer(model.Graph, path), model.Graph.Output[0], path);
        return output is { Type: DataType.Float, Rank: 2 } && output.Sizes[1].IsKnown && input.Rank >= 2
            ? new EncoderGraph(model, path, input, output)
            : throw new InvalidDataException($"'{path}' makes {output} of {input}, expected float [rows, features] of rows of pixels: it can't be {purpose}.");
    }

    /// <summary>Says in the file who wrote it, and declares what its output is.</summary>
    /// <returns>The model.</returns>
    public ModelProto Finish()
    {
        Model.ProducerName = "OnnxAE";
        Model.ProducerVersion = typeof(EncoderGraph).Assembly.GetName().Version!.ToString(3);
        Graph.Output[0] = ShapeInference.Output(ShapeInference.Infer(Graph, Source), new ValueInfoProto { Name = OutputName }, Source).ToProto(OutputName);
        return Model;
    }
}
