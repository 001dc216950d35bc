using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Importing;

/// <summary>
/// Applies a stored import once more, as a new arrival: for rows that came before the account or the bill that they
/// name, and for an accounts file that a wrong one has overwritten. Every row is idempotent by its id; an accounts row
/// takes effect again.
/// </summary>
public sealed class RepeatImport(IImportStore imports, IWorkQueue queue)
{
    /// <returns>The import as it waits for its turn; null when there is none.</returns>
    /// <exception cref="RefusedException">It is not done yet, or its file is gone.</exception>
    public async Task<ImportRecord?> RunAsync(string importId, Authority authority, CancellationToken cancel)
    {
        if (await imports.FindAsync(importId, cancel) is not { } known)
        {
            return null;
        }

        if (!known.IsEnded)
        {
            throw new RefusedException($"Import {importId} is not done yet: it is applied when its turn comes.");
        }

        if (!await imports.HasFileAsync(importId, cancel))
        {
            throw new RefusedException($"The file of import {importId} is not here any more: send it again first.");
        }

        var again =
            await imports.SaveAsync(known.WithoutCounts() with { Repeats = [.. known.Repeats, authority] }, cancel)
            ?? throw new RefusedException($"Somebody else has just asked for import {importId} once more.");
        await queue.TryEnqueueAsync(new ImportMessage(importId, 0), cancel);
        return again;
    }
}
