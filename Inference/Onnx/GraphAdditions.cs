using Google.Protobuf;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Nodes that are added to models that have been read. All of them work in place.</summary>
internal static class GraphAdditions
{
    private const long ReduceMeanTakesAxesAsInput = 18; // operator set

    /// <summary>Lets an input of Single or Double take bytes: the graph brings them to the range that it expects, once and for all.</summary>
    public static void TakeBytes(GraphProto graph, string input, PixelRange range)
    {
        string inner = graph.FreshName($"{input}_scaled");
        GraphRenaming.RenameInput(graph, input, inner);
        ValueInfoProto value = graph.Input.First(i => i.Name == inner);
        DataType type = (DataType)value.Type.TensorType.ElemType;
        value.Name = input;
        value.Type.TensorType.ElemType = (int)DataType.Uint8;

        List<NodeProto> nodes = [];
        string last = input;
        Apply("Cast", null, Integer("to", (long)type));

        // As b / 255 * (white - black) + black, leaving out what changes nothing: b / 255 is what readers of images compute.
        float width = range.White - range.Black;
        if (width != byte.MaxValue)
        {
            Apply("Div", byte.MaxValue);
        }

        if (width != 1 && width != byte.MaxValue)
        {
            Apply("Mul", width);
        }

        if (range.Black != 0)
        {
            Apply("Add", range.Black);
        }

        nodes[^1].Output[0] = inner;
        for (int i = 0; i < nodes.Count; i++)
        {
            graph.Node.Insert(i, nodes[i]);
        }

        void Apply(string operation, float? constant, params AttributeProto[] attributes)
        {
            string output = graph.FreshName($"{input}_{operation}");
            NodeProto node = Node(operation, output, [last], attributes);
            if (constant is { } number)
            {
                TensorProto tensor = new() { Name = graph.FreshName($"{output}_by"), DataType = (int)type };
                if (type == DataType.Double)
                {
                    tensor.DoubleData.Add(number);
                }
                else
                {
                    tensor.FloatData.Add(number);
                }

                graph.Initializer.Add(tensor);
                node.Input.Add(tensor.Name);
            }

            nodes.Add(node);
            last = output;
        }
    }

    /// <summary>Lets an input take pixels that are not standardised yet: the graph subtracts a mean and divides by a deviation, channel by channel.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Its input: [N, channels, height, width], [N, height, width, channels], or flat rows of a shape that the metadata name.</param>
    /// <param name="means">One a channel.</param>
    /// <param name="deviations">One a channel, above 0.</param>
    /// <param name="source">What to call the model in messages.</param>
    /// <exception cref="InvalidDataException">The input has not as many channels.</exception>
    public static void Standardize(ModelProto model, string input, IReadOnlyList<float> means, IReadOnlyList<float> deviations, string source)
    {
        GraphProto graph = model.Graph;
        ValueInfoProto value = graph.Input.First(i => i.Name == input);
        long[] sizes = [.. value.Type.TensorType.Shape.Dim.Skip(1).Select(dimension => dimension.DimValue)];
        int count = means.Count;
        (long[] shape, int repeat) = sizes switch
        {
            [var channels, _, _] when channels == count => ([count, 1, 1], 1),
            [_, _, var channels] when channels == count => ([count], 1),
            [var size] when PixelsOf(model, (int)size) is [var channels, var height, var width] && channels == count => ([size], height * width),
            _ => (Array.Empty<long>(), 0),
        };
        if (repeat == 0 || (DataType)value.Type.TensorType.ElemType != DataType.Float)
        {
            throw new InvalidDataException(
                $"'{source}' takes {OnnxTensorInfo.Of(value).Description}, and means and deviations of {count} channels were given; expected floats of [N, {count}, height, width] or [N, height, width, {count}].");
        }

        string inner = graph.FreshName($"{input}_standardized"), centred = graph.FreshName($"{input}_centred");
        GraphRenaming.RenameInput(graph, input, inner);
        graph.Input.First(i => i.Name == inner).Name = input;
        graph.Node.Insert(0, Node("Sub", centred, [input, Store("mean", means)]));
        graph.Node.Insert(1, Node("Div", inner, [centred, Store("deviation", deviations)]));

        string Store(string name, IReadOnlyList<float> values)
        {
            TensorProto tensor = new() { Name = graph.FreshName($"{input}_{name}"), DataType = (int)DataType.Float };
            tensor.Dims.Add(shape);
            tensor.FloatData.Add(values.SelectMany(one => Enumerable.Repeat(one, repeat)));
            graph.Initializer.Add(tensor);
            return tensor.Name;
        }
    }

    private static IReadOnlyList<int>? PixelsOf(ModelProto model, int size) =>
        RowShapes.Read(model.MetadataProps.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Value), size);

    /// <summary>
    /// Adds an output [N, 1]: the mean squared difference between an input and an output of the same type and size. What a high
    /// value says of a row is that an autoencoder has not seen its like.
    /// </summary>
    public static void AddError(ModelProto model, string input, string output, string name)
    {
        GraphProto graph = model.Graph;
        ValueInfoProto of = graph.Output.First(o => o.Name == output);
        GraphRenaming.MakeRoom(graph, name);
        string expected = Apply("Flatten", input); // [N, values]: the two may have different shapes
        string found = Apply("Flatten", output);
        string difference = Apply("Sub", found, expected);
        NodeProto mean = Node("ReduceMean", name, [Apply("Mul", difference, difference)], Integer("keepdims", 1));
        if (model.OpsetImport.Any(o => ModelQueries.IsStandard(o.Domain) && o.Version >= ReduceMeanTakesAxesAsInput))
        {
            mean.Input.Add(graph.StoreIntegers("axes", 1));
        }
        else
        {
            mean.Attribute.Add(new AttributeProto { Name = "axes", Ints = { 1 }, Type = AttributeProto.Types.AttributeType.Ints });
        }

        graph.Node.Add(mean);
        graph.Output.Add(Rows(name, of, (DataType)of.Type.TensorType.ElemType, new TensorShapeProto.Types.Dimension { DimValue = 1 }));

        string Apply(string operation, params string[] inputs)
        {
            string result = graph.FreshName($"{name}_{operation}");
            graph.Node.Add(Node(operation, result, inputs));
            return result;
        }
    }

    /// <summary>Adds an output [N] of texts: the name of the class of the highest score; of equal scores the first counts.</summary>
    /// <param name="graph">The graph of a classifier.</param>
    /// <param name="scores">An output [N, classes].</param>
    /// <param name="names">What the classes are called.</param>
    /// <param name="output">Name of the new output.</param>
    public static void AddLabel(GraphProto graph, string scores, IReadOnlyList<string> names, string output)
    {
        ValueInfoProto of = graph.Output.First(o => o.Name == scores);
        GraphRenaming.MakeRoom(graph, output);
        TensorProto texts = new() { Name = graph.FreshName("classes"), DataType = (int)DataType.String, Dims = { names.Count } };
        texts.StringData.Add(names.Select(ByteString.CopyFromUtf8));
        graph.Initializer.Add(texts);
        string best = graph.FreshName($"{output}_index");
        graph.Node.Add(Node("ArgMax", best, [scores], Integer("axis", 1), Integer("keepdims", 0)));
        graph.Node.Add(Node("Gather", output, [texts.Name, best], Integer("axis", 0)));
        graph.Output.Add(Rows(output, of, DataType.String));
    }

    /// <summary>A node that is called like its only output.</summary>
    public static NodeProto Node(string operation, string output, IEnumerable<string> inputs, params AttributeProto[] attributes)
        => new() { OpType = operation, Name = output, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    /// <summary>A setting that is a whole number.</summary>
    public static AttributeProto Integer(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>Stores a vector of integers; returns the name that it gets.</summary>
    public static string StoreIntegers(this GraphProto graph, string name, params long[] values)
    {
        string fresh = graph.FreshName(name);
        graph.Initializer.Add(new TensorProto { Name = fresh, DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values } });
        return fresh;
    }

    // An output of as many rows as another.
    private static ValueInfoProto Rows(string name, ValueInfoProto like, DataType type, params TensorShapeProto.Types.Dimension[] rest)
    {
        TensorShapeProto shape = new() { Dim = { like.Type.TensorType.Shape.Dim[0].Clone(), rest } };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
