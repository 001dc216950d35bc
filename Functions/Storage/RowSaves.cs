using Azure;
using Azure.Data.Tables;

namespace Autopay.Storage;

/// <summary>Saves of rows that somebody else may have saved since they were read.</summary>
internal static class RowSaves
{
    /// <param name="tag">Of the row as it was read.</param>
    /// <returns>The row's new tag; null when somebody else saved it meanwhile, or our own answer was lost.</returns>
    public static async Task<string?> TryReplaceAsync(
        this TableClient table,
        TableEntity row,
        string tag,
        CancellationToken cancel
    )
    {
        try
        {
            var stored = await table.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, cancel);
            return $"{stored.Headers.ETag}";
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return null;
        }
    }
}
