using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Reconciling;

/// <summary>What became of an intent that the restored books may not know.</summary>
public enum Adoption
{
    /// <summary>Nothing is in the books that was not: known already, or not to be taken over.</summary>
    None,

    TakenOver,

    /// <summary>
    /// Its money waits for its account: until it is somebody's, the same bill could be collected again.
    /// </summary>
    InSuspense,

    /// <summary>Its money was in suspense, and a person said whose it is.</summary>
    Assigned,
}

/// <summary>
/// After a restore: an intent that the books do not know becomes the attempt that it was, when its debit is there and
/// exactly its amount is open; otherwise what it collected becomes the account's money, and pays its bills before
/// anything is charged. An account that the books do not know either has its money in suspense.
/// </summary>
public sealed class AdoptIntents(
    ILedgerStore ledgers,
    IControlsStore controls,
    ISuspenseStore suspense,
    LedgerWriter writer,
    CityClock clock
)
{
    private const string Reason = "taken over after a restore";

    public async Task<Adoption> RunAsync(IntentReading intent, CancellationToken cancel)
    {
        if (
            !DebitId.TryParse(intent.DebitId, out var debit)
            || intent.AttemptNumber is not { } number
            || intent.Status is IntentStatus.Untouched or IntentStatus.RequiresAction or IntentStatus.Unknown
        )
        {
            return Adoption.None;
        }

        var suspended = await suspense.FindAsync(debit.Account.Value, new PaymentId(intent.IntentId), cancel);
        if (suspended is { AssignedTo: not null })
        {
            return Adoption.Assigned;
        }

        if (await ledgers.LoadAsync(debit.Account, cancel) is not { } entry)
        {
            return await SuspendAsync(intent, debit.Account, cancel);
        }

        var isKnown = IsKnown(entry.Ledger, debit, intent, await ledgers.ReadArchivedAsync(debit.Account, cancel));
        var isTaken =
            !isKnown
            && await WriteAsync(
                entry,
                now => new AdoptIntent(debit, number, intent, MoneyOf(intent, now), now),
                cancel
            );
        if (suspended is not null && (isKnown || isTaken))
        {
            await suspense.SaveAsync(
                suspended with
                {
                    AssignedTo = debit.Account,
                    AssignedBy = clock.Authority("reconcile", Reason),
                    IsPosted = true,
                },
                cancel
            );
        }

        return isTaken ? Adoption.TakenOver : Adoption.None;
    }

    private static bool IsKnown(
        AccountLedger ledger,
        DebitId debit,
        IntentReading intent,
        IReadOnlyList<Debit> archived
    ) =>
        (ledger.FindDebit(debit) ?? archived.FirstOrDefault(it => it.Id == debit))?.Attempts.Any(attempt =>
            attempt.IntentId == intent.IntentId
        ) == true
        || ledger.Funds.Any(funds => funds.Id.Value == intent.IntentId);

    private async Task<bool> WriteAsync(
        LedgerEntry entry,
        Func<Moment, LedgerCommand> command,
        CancellationToken cancel
    )
    {
        var scope = new WriteScope(
            Bucket.Of(entry.Ledger.Id),
            (await controls.LoadAsync(cancel)).Controls,
            clock.Authority("reconcile", Reason)
        );
        var fresh = await ledgers.LoadAsync(entry.Ledger.Id, cancel) ?? entry;
        var results = await writer.WriteAsync(scope, [new AccountWork(fresh, [command])], cancel);
        return results[0].Events.Any(happened => happened is AttemptPlanned or AttemptLocked or FundsReceived);
    }

    private async Task<Adoption> SuspendAsync(IntentReading intent, AccountId account, CancellationToken cancel)
    {
        if (intent.Status != IntentStatus.Succeeded || !intent.KeptByUs.IsPositive)
        {
            return Adoption.None;
        }

        await suspense.PutAsync(
            new SuspensePayment(MoneyOf(intent, clock.Now), account.Value, "reconcile", 0, clock.Now.Utc),
            cancel
        );
        return Adoption.InSuspense;
    }

    private Funds MoneyOf(IntentReading intent, Moment now) =>
        new()
        {
            Id = new PaymentId(intent.IntentId),
            Source = FundsSource.Recovered,
            Amount = intent.KeptByUs,
            Channel = "autopay",
            Drawer = intent.DebitId ?? "",
            ReceivedOn = DayOf(intent),
            PostedOn = now.Today,
        };

    private DateOnly DayOf(IntentReading intent) => clock.City.At(intent.CreatedAt).Today;
}
