using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Makes the writer that a target asks for.</summary>
internal static class RowWriters
{
    private static readonly PixelRange UnitRange = new("Normalized_0_1", 0, 1);

    /// <summary>Refuses what can't be written in the target's format before anything is read.</summary>
    /// <exception cref="UsageException">It can't; the message says what can.</exception>
    public static void Check(RowsRequest request, RowModel model)
    {
        OutputFormat format = request.Output.Format;
        bool holdsPixels = format == OutputFormat.Idx || request.Output.IsFolder;
        if (holdsPixels && !model.GivesPixels)
        {
            throw new UsageException($"{Name(format)} holds pixels, and '{model.Path}' gives other numbers here; choose .csv or .npy.");
        }

        if (holdsPixels && request.OnError == BadRowHandling.Null)
        {
            throw new UsageException($"{Name(format)} has no place for a missing row; choose --on-error skip, or .csv or .npy.");
        }

        if (request.WithRows && format != OutputFormat.Csv)
        {
            throw new UsageException("--with-rows belongs to csv; leave it out, or choose .csv.");
        }
    }

    /// <summary>Makes it.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="model">Where the rows come from.</param>
    /// <param name="stream">Where they go; null for a folder.</param>
    /// <param name="columns">What a row has.</param>
    /// <param name="inputShape">The shape of an input row.</param>
    /// <param name="announced">Number of rows, where it is known.</param>
    /// <exception cref="UsageException">The format can't hold the rows.</exception>
    public static RowWriter Create(
        RowsRequest request, RowModel model, Stream? stream, IReadOnlyList<OutputColumn> columns, IReadOnlyList<int> inputShape, long? announced)
    {
        OutputTarget target = request.Output;
        PixelRange range = model.Range ?? UnitRange;
        switch (target.Format)
        {
            case OutputFormat.Csv:
                return new CsvRowWriter(stream!, target.IsGzip, model.Headings, request.WithRows);
            case OutputFormat.Png or OutputFormat.Pgm:
                int[] shape = PictureShape(model.OutputShape, inputShape);
                if (target.Format == OutputFormat.Pgm && shape.Length > 2)
                {
                    throw new UsageException("Pictures of three planes have colours, and .pgm holds grey ones; choose png.");
                }

                return shape.Length >= 2 ? new PictureRowWriter(target.Path, shape, range, target.Format == OutputFormat.Pgm)
                    : throw new UsageException($"Rows of {shape[0]} pixels are pictures of an unknown width, which neither the model nor the input tells; choose .npy or .csv.");
            case OutputFormat.Idx:
                return new IdxRowWriter(stream!, target.IsGzip, PictureShape(model.OutputShape, inputShape), range, CountFor(target, announced));
            default:
                Type[] types = [.. columns.Select(column => column.ValueType).Distinct()];
                if (types.Length > 1)
                {
                    throw new UsageException($"The outputs are of the types {string.Join(", ", types.Select(type => type.Name))}, and .npy holds one; choose .csv.");
                }

                if (request.OnError == BadRowHandling.Null && types[0] != typeof(float) && types[0] != typeof(double))
                {
                    throw new UsageException($"Values of the type {types[0].Name} can't be missing in .npy; choose .csv, or --on-error skip.");
                }

                return new NpyRowWriter(stream!, types[0], model.OutputShape, CountFor(target, announced));
        }
    }

    // A file's header gets the count at the end; what can't be written twice must know it at the beginning.
    private static long? CountFor(OutputTarget target, long? announced) => target.IsRewritable ? null
        : announced ?? throw new UsageException(
            $"{Name(target.Format)} begins with the number of rows, which is not known beforehand (the input doesn't tell it, or bad rows are skipped); "
            + "write to a file, or csv.");

    // The model's own shape where it has one, else the input's where that fits; nobody guesses.
    private static int[] PictureShape(IReadOnlyList<int> output, IReadOnlyList<int> input)
    {
        int size = output.Aggregate(1, (product, dimension) => product * dimension);
        foreach (IReadOnlyList<int> shape in new[] { output, input }.Where(s => s.Aggregate(1, (product, dimension) => product * dimension) == size))
        {
            switch (shape)
            {
                case [_, _] or [3, _, _]:
                    return [.. shape];
                case [1, var height, var width]:
                    return [height, width];
                case [var height, var width, 1]:
                    return [height, width];
            }
        }

        return [size];
    }

    private static string Name(OutputFormat format) => format switch
    {
        OutputFormat.Idx => "An idx file",
        OutputFormat.Png or OutputFormat.Pgm => "A folder of pictures",
        OutputFormat.Npy => "An npy file",
        _ => "A csv file",
    };
}
