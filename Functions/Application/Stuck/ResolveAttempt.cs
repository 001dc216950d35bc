using Autopay.Application.Charging;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Work;

namespace Autopay.Application.Stuck;

/// <summary>
/// The way out for a debit whose attempt is flagged or stopped: the provider is asked, and only what it says counts.
/// Replaying lets a new attempt follow once this one is proven dead; discarding ends the debit then, and leaves its
/// bills to finance.
/// </summary>
public sealed class ResolveAttempt(AccountBooks books, ProviderSteps provider, SendHints hints)
{
    /// <exception cref="RefusedException">The attempt is not proven dead.</exception>
    public async Task<StuckResolution> RunAsync(
        DebitId id,
        StuckClosing closing,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (
            await books.Ledgers.LoadAsync(id.Account, cancel) is not { } entry
            || entry.Ledger.FindDebit(id) is not { } debit
        )
        {
            return StuckResolution.NotFound;
        }

        if (debit.State == DebitState.NeedsReview)
        {
            throw new RefusedException(
                StuckAdvice.Of(
                    new StuckEntry(
                        FinanceKinds.Review.Stuck,
                        id.Value,
                        id.Account.Value,
                        debit.Reason,
                        debit.ScheduledOn
                    )
                )
            );
        }

        if (debit.LivingAttempt is not { } attempt)
        {
            return StuckResolution.AlreadyDone;
        }

        var outcome = await ProveAsync(attempt);
        var command =
            outcome.ToCommand()
            ?? throw new RefusedException(
                $"The provider does not say what became of the attempt: {outcome.Why}. Try again later."
            );
        List<Func<Moment, LedgerCommand>> commands = [command];
        if (closing == StuckClosing.Discarded)
        {
            commands.Add(now => new DiscardDebit(id, authority.Why, now));
        }

        var scope = new WriteScope(
            Bucket.Of(id.Account),
            (await books.Controls.LoadAsync(cancel)).Controls,
            authority with
            {
                At = books.Clock.Now.Utc,
            }
        );
        var result = (await books.Writer.WriteAsync(scope, [new AccountWork(entry, commands)], cancel))[0];
        if (result.Commands.Select(it => it.Refusal).FirstOrDefault(refusal => refusal is not null) is { } refused)
        {
            throw new RefusedException(refused);
        }

        await hints.RunAsync([new EvaluateMessage(Bucket.Of(id.Account).Number, authority.Why)]);
        return StuckResolution.Done;
    }

    // An unconfirmed intent is cancelled: whatever went wrong with its keys cannot go wrong again.
    private async Task<ChargeOutcome> ProveAsync(Attempt attempt)
    {
        var found = attempt.IntentId is null ? await provider.FindAsync(attempt) : await provider.RecoverAsync(attempt);
        return found.Intent is { Status: IntentStatus.Untouched } untouched
                ? await provider.CancelAsync(
                    attempt with
                    {
                        IntentId = untouched.IntentId,
                    },
                    untouched.IntentId,
                    "a person let it go"
                )
            : found.Step == ChargeStep.Created
                ? found with
                {
                    Step = ChargeStep.Discrepancy,
                    Why = $"intent {found.Intent?.IntentId} is {found.Intent?.Status}",
                }
            : found;
    }
}
