using Spectre.Console;

namespace OnnxAE.Pipelines;

/// <summary>A plain table of texts; nothing in it is taken for markup.</summary>
internal sealed class ResultTable
{
    private readonly Table _table = new() { Border = TableBorder.Simple };

    /// <summary>Columns by their headings; a heading that starts with <c>#</c> is of numbers, set to the right.</summary>
    public ResultTable(params IEnumerable<string> headings)
    {
        foreach (string heading in headings)
        {
            var column = new TableColumn(Markup.Escape(heading.TrimStart('#')));
            _table.AddColumn(heading.StartsWith('#') ? column.RightAligned().NoWrap() : column);
        }
    }

    /// <summary>Adds a row, one text a column.</summary>
    public void Add(params IEnumerable<string> cells) => _table.AddRow([.. cells.Select(Markup.Escape)]);

    /// <summary>Prints it.</summary>
    public void Write(CliContext context) => context.Console.Write(_table);
}
