using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Charging;

/// <summary>
/// Drives requested refunds from whatever state they are found in. The intent's list of refunds is read before anything
/// is asked for: what is there already is recorded and never asked for again.
/// </summary>
public sealed class ProcessRefunds(AccountBooks books, IRefundProvider provider, IStuckStore stuck)
{
    public const string FailedKind = "refund failed";

    public async Task RunAsync(IReadOnlyList<LedgerEntry> page, CancellationToken cancel)
    {
        foreach (var entry in page.Where(entry => entry.Ledger.Debits.Any(HasOpen)))
        {
            // The books after a restore do not know what was given back since.
            if ((await books.Controls.LoadAsync(cancel)).Controls.ReconcileSince is null)
            {
                // Once money may move, no cancellation stops it half-way.
                await DriveAsync(entry, CancellationToken.None);
            }
        }
    }

    /// <summary>What the provider has of an intent, asked for or made there.</summary>
    public async Task ReadAsync(AccountId account, DebitId debit, string intentId, CancellationToken cancel)
    {
        if (
            await provider.ListRefundsAsync(intentId) is { Count: > 0 } found
            && await books.Ledgers.LoadAsync(account, cancel) is { } entry
        )
        {
            await RecordAsync(entry, [now => new RecordRefunds(debit, found, now)], cancel);
        }
    }

    private async Task DriveAsync(LedgerEntry entry, CancellationToken cancel)
    {
        List<Func<Moment, LedgerCommand>> commands = [];
        foreach (var debit in entry.Ledger.Debits.Where(HasOpen))
        {
            var intentId = debit.Attempted.Intent;
            if (await provider.ListRefundsAsync(intentId) is { } found)
            {
                commands.Add(now => new RecordRefunds(debit.Id, found, now));
                commands.AddRange(await AskAsync(debit, intentId, found));
            }
        }

        await RecordAsync(entry, commands, cancel);
    }

    private async Task<IReadOnlyList<Func<Moment, LedgerCommand>>> AskAsync(
        Debit debit,
        string intentId,
        IReadOnlyList<RefundReading> found
    )
    {
        List<Func<Moment, LedgerCommand>> commands = [];
        foreach (
            var refund in debit.Refunds.Where(refund => refund.State is RefundState.Requested or RefundState.Unknown)
        )
        {
            if (found.Any(reading => reading.Number == refund.Number && reading.Debit == debit.Id.Value))
            {
                commands.Add(now => new FailRefund(
                    debit.Id,
                    refund.Number,
                    "the provider has another refund of that number",
                    now
                )); // Recorded before, if it is this one.
            }
            else if (await AskAsync(refund, intentId) is { } command)
            {
                commands.Add(command);
            }
        }

        return commands;
    }

    private async Task<Func<Moment, LedgerCommand>?> AskAsync(Refund refund, string intentId)
    {
        // An old key may be pruned: the list says that nothing went out, and asking again is for a person.
        if (books.Clock.Now.Utc - refund.KeyAt >= books.Options.KeyLifetime)
        {
            return now => new FailRefund(refund.Debit, refund.Number, "it never reached the provider", now);
        }

        using var span = Tracing.Start("give back");
        return await provider.CreateRefundAsync(refund, intentId) switch
        {
            ProviderAnswer.Given given => now => new RecordRefunds(refund.Debit, [given.Refund], now),
            ProviderAnswer.Rejected rejected => now => new FailRefund(refund.Debit, refund.Number, rejected.Why, now),
            ProviderAnswer.KeyMisused misused => now => new FailRefund(
                refund.Debit,
                refund.Number,
                $"idempotency error: {misused.Why}",
                now
            ),
            ProviderAnswer.ServerError error => now => new DelayRefund(refund.Debit, refund.Number, error.Why, now),
            ProviderAnswer.Doubt doubt => now => new DelayRefund(refund.Debit, refund.Number, doubt.Why, now),
            _ => null,
        };
    }

    private async Task RecordAsync(
        LedgerEntry entry,
        List<Func<Moment, LedgerCommand>> commands,
        CancellationToken cancel
    )
    {
        if (commands.Count == 0)
        {
            return;
        }

        var scope = new WriteScope(
            Bucket.Of(entry.Ledger.Id),
            (await books.Controls.LoadAsync(cancel)).Controls,
            books.Clock.Authority("provider", "refunds")
        );
        var result = (await books.Writer.WriteAsync(scope, [new AccountWork(entry, commands)], CancellationToken.None))[
            0
        ];
        foreach (var failed in result.Events.OfType<RefundFailed>())
        {
            var id = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"refund:{failed.Debit}:{failed.Number}"
            );
            await stuck.PutAsync(
                new StuckItem(id, FailedKind, failed.Reason, entry.Ledger.Id.Value, books.Clock.Now.Utc),
                cancel
            );
        }
    }

    private static bool HasOpen(Debit debit) => debit.Refunds.Any(refund => refund.IsOpen);
}
