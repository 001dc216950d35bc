using Azure;
using Azure.Data.Tables.Models;

namespace Autopay.Storage;

/// <summary>The exact answers of Table Storage that mean something to us.</summary>
internal static class StorageErrors
{
    /// <summary>
    /// Somebody else was first: the row changed, exists already, or is gone. Or our own answer was lost.
    /// </summary>
    public static bool IsConflict(this RequestFailedException failure) =>
        failure.Status is 409 or 412 or 404
        && failure.ErrorCode != TableErrorCode.TableNotFound.ToString()
        && failure.ErrorCode != "TableBeingDeleted";
}
