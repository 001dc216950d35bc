using Autopay.StripeSandbox.Payments;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Bank;

/// <summary>Answers what is due, each at its own moment and in time order; or at once, when told to.</summary>
internal sealed class TheBank(Core core, BankDiary diary, PaymentMethods methods, Money money)
{
    private const string DailyPayout = "daily";

    public int AnswerDue(DateTimeOffset until)
    {
        var answered = 0;
        while (diary.NextDue(until) is { } task)
        {
            core.Clock.At(task.DueAt, () => Perform(task));
            answered++;
        }
        return answered;
    }

    /// <summary>
    /// Null as outcome: what the payment method's bank would say. A bank that never answers says yes when it is made
    /// to.
    /// </summary>
    public PaymentIntent AnswerNow(string charge, ReturnCode? code = null, bool? succeeds = null)
    {
        diary.Finish(diary.Open(BankTaskKind.Answer, charge)!);
        code ??= succeeds is null ? Script(charge).Return : null;
        return code is null ? Succeed(charge) : money.Charges.Return(charge, code);
    }

    /// <summary>
    /// Each payout plans the next one; without the wish none is planned, and a planned one is the last.
    /// </summary>
    public void PayOutDaily(bool wanted)
    {
        if (wanted && diary.Open(BankTaskKind.Payout, DailyPayout) is null)
        {
            diary.Schedule(BankTaskKind.Payout, DailyPayout, diary.Hours.NextBankingDay(core.Clock.Now));
        }
    }

    private void Perform(BankTask task)
    {
        switch (task.Kind)
        {
            case BankTaskKind.Answer:
                AnswerNow(task.Subject);
                break;
            case BankTaskKind.Dispute:
                diary.Finish(task);
                DisputeUnlessDone(task.Subject);
                break;
            case BankTaskKind.Refund:
                diary.Finish(task);
                money.Refunds.Succeed(task.Subject);
                break;
            case BankTaskKind.Payout:
                money.Payouts.PayOut(automatic: true);
                diary.Schedule(BankTaskKind.Payout, DailyPayout, diary.Hours.NextBankingDay(core.Clock.Now));
                break;
            default:
                throw new InvalidOperationException($"The bank knows no {task.Kind}.");
        }
    }

    private PaymentIntent Succeed(string charge)
    {
        if (Script(charge).Behaviour == BankBehaviour.PaysThenDisputes)
        {
            diary.Schedule(BankTaskKind.Dispute, charge, diary.Hours.NextBankingDay(core.Clock.Now));
        }
        return money.Charges.Succeed(charge);
    }

    private void DisputeUnlessDone(string charge)
    {
        if (core.State.Charges.Find(charge) is { Disputed: false })
        {
            money.Disputes.Open(charge, null, null);
        }
    }

    private BankScript Script(string charge) =>
        methods.BankBehind(methods.Resolve(core.State.Charges.Find(charge)!.PaymentMethod, null));
}
