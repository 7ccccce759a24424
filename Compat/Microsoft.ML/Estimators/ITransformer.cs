using Microsoft.ML.Data;

namespace Microsoft.ML;

public interface ITransformer : ICanSaveModel
{
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    IDataView Transform(IDataView input);

    bool IsRowToRowMapper { get; }

    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}
