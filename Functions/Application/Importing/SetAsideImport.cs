using Autopay.Application.Finance;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Importing;

/// <summary>
/// A person sets aside an import that cannot be applied, or must not be: what is applied of it stays, the rest is left
/// out, and nobody waits for it any more (R26). It can be applied again later.
/// </summary>
public sealed class SetAsideImport(IImportStore imports, IWorkQueue queue, ClearBacklog clear)
{
    private const int Tries = 10;

    /// <returns>The import as it is now; null when there is none.</returns>
    /// <exception cref="RefusedException">It is applied already, or moves on faster than it can be stopped.</exception>
    public async Task<ImportRecord?> RunAsync(string importId, Authority authority, CancellationToken cancel)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            switch (await imports.FindAsync(importId, cancel))
            {
                case null:
                    return null;
                case { State: ImportState.SetAside } aside:
                    return aside;
                case { State: ImportState.Done }:
                    throw new RefusedException($"Import {importId} is applied already.");
                case { } open
                    when await imports.SaveAsync(
                        open with
                        {
                            State = ImportState.SetAside,
                            SetAsideBy = authority,
                        },
                        cancel
                    )
                        is { } saved:
                    await imports.EndTurnAsync(saved, cancel);
                    await GoOnAsync(cancel);
                    return saved;
            }
        }

        throw new RefusedException($"Import {importId} is being applied right now; look at it again.");
    }

    private async Task GoOnAsync(CancellationToken cancel)
    {
        await clear.FinishAsync(cancel);
        if (await imports.NextInTurnAsync(cancel) is { } next)
        {
            await queue.TryEnqueueAsync(new ImportMessage(next.Id, next.BucketsDone), cancel);
        }
    }
}
