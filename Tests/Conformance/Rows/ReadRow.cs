using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>A row as it was read.</summary>
/// <param name="Position">Where the cursor was.</param>
/// <param name="Batch">The batch that it told.</param>
/// <param name="Id">The row's identity.</param>
/// <param name="Values">A value for each column, as <see cref="ColumnValues"/> keeps them; null for a column that was not active.</param>
internal sealed record ReadRow(long Position, long Batch, DataViewRowId Id, object?[] Values);
