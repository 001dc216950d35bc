using System.Globalization;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.Rules.Domain.Laws;

/// <summary>
/// Money given back: asked for, made at the provider by hand, and the provider's word on each, which may change once
/// from paid to failed.
/// </summary>
internal sealed class RefundPlayer(AccountScenario account)
{
    private readonly Dictionary<string, RefundReading> readings = [];
    private int asked;

    public void Play(Step step)
    {
        var collected = account
            .Ledger.Debits.Where(debit => debit is { State: DebitState.Collected, Kept.IsPositive: true })
            .ToList();
        switch (step.Kind)
        {
            case StepKind.RefundAnswer:
                Answer(step);
                break;
            case StepKind.Refund when collected.Count > 0:
                Ask(collected[step.Pick % collected.Count], step);
                break;
            case StepKind.RefundByHand when collected.Count > 0:
                MakeByHand(collected[step.Pick % collected.Count], step);
                break;
            default:
                break;
        }
    }

    /// <summary>What was asked for, or perhaps was, reaches the provider.</summary>
    public void GoOn()
    {
        foreach (
            var refund in account
                .Ledger.Debits.SelectMany(debit => debit.Refunds)
                .Where(refund => refund.State is RefundState.Requested or RefundState.Unknown)
                .ToList()
        )
        {
            Say(refund, RefundState.Sent);
        }
    }

    private void Ask(Debit debit, Step step)
    {
        Money? part = step.Pick % 3 == 0 ? null : Money.Min(debit.Kept, new Money(step.Cents + 1));
        var kind = step.Pick % 5 == 0 ? RefundKind.Reversal : RefundKind.Refund;
        account.Do(
            new RequestRefund(
                debit.Id,
                Name("r"),
                kind,
                kind == RefundKind.Reversal ? null : part,
                "billed wrongly",
                account.Now
            )
        );
    }

    private void MakeByHand(Debit debit, Step step)
    {
        var reading = new RefundReading(
            Name("hand-"),
            debit.LastAttempt!.IntentId!,
            Money.Min(debit.Kept, new Money(step.Cents + 1)),
            RefundState.Sent,
            null,
            null
        );
        account.Do(new RecordRefunds(debit.Id, [reading], account.Now));
        readings[reading.RefundId] = reading;
    }

    private void Answer(Step step)
    {
        var refunds = account
            .Ledger.Debits.SelectMany(debit => debit.Refunds)
            .Where(refund => refund.IsOpen || refund.State == RefundState.Paid)
            .ToList();
        if (refunds.Count == 0)
        {
            return;
        }

        var refund = refunds[step.Pick % refunds.Count];
        _ = (step.Cents % 5, refund.State) switch
        {
            (0, RefundState.Requested or RefundState.Unknown) => account.Do(
                new FailRefund(refund.Debit, refund.Number, "no such bank account", account.Now)
            ),
            (1, RefundState.Requested) => account.Do(
                new DelayRefund(refund.Debit, refund.Number, "timed out", account.Now)
            ),
            (2, _) => Say(refund, RefundState.Failed),
            (3, _) => Say(refund, refund.State == RefundState.Paid ? RefundState.Paid : RefundState.Sent),
            _ => Say(refund, RefundState.Paid),
        };
    }

    private AccountScenario Say(Refund refund, RefundState state)
    {
        var id = refund.RefundId ?? $"re-{refund.Debit}-{refund.Number}";
        var reading =
            readings.GetValueOrDefault(id)
            ?? new RefundReading(
                id,
                account.Ledger.DebitOf(refund.Debit).LastAttempt!.IntentId!,
                refund.Amount,
                state,
                refund.Number,
                refund.Debit.Value
            );
        readings[id] = reading with { State = state };
        return account.Do(new RecordRefunds(refund.Debit, [readings[id]], account.Now));
    }

    private string Name(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++asked}");
}
