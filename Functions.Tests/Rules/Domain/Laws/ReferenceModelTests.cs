using System.Globalization;
using Autopay.Tests.Fixtures.Ledger;
using CsCheck;

namespace Autopay.Tests.Rules.Domain.Laws;

/// <summary>L1: after every step the ledger says of the money what a model says that was written without it.</summary>
public sealed class ReferenceModelTests
{
    private const int Everything = 50; // Cents: no remainder is too small to be charged.

    // Past, in any order, and each on a day of its own: bills of one day share a debit, and wait for one answer of the
    // bank.
    private static readonly DateOnly FirstDue = new(2019, 12, 1);

    private enum Move
    {
        Bill,
        Pay,
        PayNamed,
        Adjust,
        Send,
        Yes,
        No,
    }

    private static readonly Gen<(Move Move, int Pick, int Amount)[]> Moves = Gen.Select(
        Gen.OneOfConst(Enum.GetValues<Move>()),
        Gen.Int[0, 99],
        Gen.Int[1, 60]
    ).Array[1, 40];

    [Fact]
    public void The_ledger_agrees_with_the_reference_model_after_every_step() =>
        Moves.Sample(
            moves =>
            {
                var (account, model) = (
                    AccountScenario.GivenAnAccount(
                        policies: new Policies
                        {
                            MaxReturnsPerYear = 0,
                            PreviousBalance = PreviousBalancePolicy.Off,
                            LookAlikeBills = LookAlikeBillsPolicy.Off,
                            MaxDaysAfterDueDate = 10_000,
                        }
                    ),
                    new ReferenceAccount()
                );
                List<string> bills = [];
                for (var step = 0; step < moves.Length; step++)
                {
                    Play(
                        account,
                        model,
                        bills,
                        (moves[step].Move, moves[step].Pick, moves[step].Amount * Everything, step)
                    );
                    Assert.Equal(
                        model.Open.OrderBy(bill => bill.Id, StringComparer.Ordinal),
                        account
                            .Ledger.Bills.Select(bill => (Id: bill.Id.Value, Open: bill.Open.Cents))
                            .OrderBy(bill => bill.Id, StringComparer.Ordinal)
                    );
                    Assert.Equal(
                        (model.Credit, model.Collected),
                        (account.Ledger.Credit.Cents, account.Intents.Sum(intent => intent.Received.Cents))
                    );
                }
            },
            iter: 2_000
        );

    private static void Play(
        AccountScenario account,
        ReferenceAccount model,
        List<string> bills,
        (Move Move, int Pick, long Cents, int Step) step
    )
    {
        var bill = bills.Count == 0 ? null : bills[step.Pick % bills.Count];
        switch (step.Move)
        {
            case Move.Bill:
                bills.Add($"b{step.Step:00}");
                var due = FirstDue.AddDays(step.Step * 7 % 41);
                var cents = step.Pick % 9 == 0 ? -step.Cents : step.Cents;
                account.WhenABillIsImported(bills[^1], cents, due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                model.Bill(bills[^1], due, cents);
                break;
            case Move.Pay or Move.PayNamed:
                var named = step.Move == Move.Pay ? null : bill;
                account.WhenAPaymentIsPosted($"p{step.Step}", step.Cents, named);
                model.Pay(named, step.Cents);
                break;
            case Move.Adjust when bill is not null:
                account.WhenABillIsAdjusted(bill, step.Cents - (30 * Everything));
                model.Adjust(bill, step.Cents - (30 * Everything));
                break;
            case Move.Send:
                Send(account);
                model.Send();
                break;
            case Move.Yes or Move.No:
                Answer(account, model, step.Pick, step.Move == Move.Yes);
                break;
            default:
                break;
        }
    }

    // The bank answers one debit at a time.
    private static void Answer(AccountScenario account, ReferenceAccount model, int pick, bool yes)
    {
        var asked = account.Ledger.Debits.Where(debit => debit.State == DebitState.Submitted).ToList();
        if (asked.Count > 0)
        {
            var debit = asked[pick % asked.Count];
            account.TheProviderSays(debit.Id.Sequence, yes ? IntentStatus.Succeeded : IntentStatus.Dead, "R08");
            model.Answer([.. debit.LivingAttempt!.Lines.Select(line => line.Bill.Value)], yes);
        }
    }

    // On the next banking day everything is due.
    private static void Send(AccountScenario account)
    {
        var day = BankingCalendar.AddBankingDays(account.Now.Today, 1);
        account
            .MoveTo(AccountScenario.City.At(AccountScenario.City.ToUtc(day, new TimeOnly(6, 0))))
            .WhenEvaluated()
            .WhenThePreChargeCheckComes()
            .WhenConfirmed();
    }
}
