using System.Globalization;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.Rules.Domain.Laws;

/// <summary>
/// Plays steps on one account and keeps its own tally of the money. What the rules refuse is simply not done.
/// </summary>
internal sealed class StepPlayer
{
    private static readonly string[] Codes = ["R01", "R01", "R01", "R09", "R02", "R08", "R10", "R11"];
    private int bills;
    private int payments;
    private readonly RefundPlayer refunds;
    private int deferrals;

    /// <param name="splits">What merges make large is collected in parts (R45).</param>
    public StepPlayer(bool splits = false)
    {
        Account = AccountScenario.GivenAnAccount(
            cap: 30_000,
            policies: splits ? new Policies { BillShock = BillShockMode.Split, BillShockTimes = 1 } : null
        );
        refunds = new RefundPlayer(Account);
    }

    public AccountScenario Account { get; }

    public long Billed { get; private set; }

    public long PaidIn { get; private set; }

    public static StepPlayer Play(IEnumerable<Step> steps, Action<StepPlayer>? watch = null)
    {
        var all = steps.ToList();
        var player = For(all);
        watch?.Invoke(player);
        foreach (var step in all)
        {
            player.Take(step);
        }

        return player;
    }

    /// <summary>Before its first step, which says whether what is too much at once goes in parts.</summary>
    public static StepPlayer For(IReadOnlyList<Step> steps) => new(splits: steps.Count > 0 && steps[0].Cents % 2 == 1);

    public void Take(Step step)
    {
        try
        {
            Play(step);
        }
        catch (RefusedException)
        {
            // The rules say no: nothing changed.
        }
    }

    private void Play(Step step)
    {
        switch (step.Kind)
        {
            case <= StepKind.Lost:
                PlayProtocol(step);
                break;
            case <= StepKind.BankReturn:
                PlayBank(step);
                break;
            case <= StepKind.RefundByHand:
                refunds.Play(step);
                break;
            case <= StepKind.Balance:
                PlayFiles(step);
                break;
            case <= StepKind.Resume:
                PlayFinance(step);
                break;
            default:
                PlayPeople(step);
                break;
        }
    }

    private void PlayProtocol(Step step) =>
        _ = step.Kind switch
        {
            StepKind.Days => Wait(step.Pick % 9, step.Cents % 24),
            StepKind.Run => Wait((step.Pick % 5) + 1, 6).WhenEvaluated().WhenThePreChargeCheckComes().WhenConfirmed(),
            StepKind.Evaluate => Account.WhenEvaluated(),
            StepKind.PreChargeCheck => Account.WhenThePreChargeCheckComes(),
            StepKind.Confirm => Account.WhenConfirmed(),
            _ => Account.WhenTheConfirmIsLost(),
        };

    private void PlayBank(Step step)
    {
        if (step.Kind == StepKind.BankReturn)
        {
            var collected = Account.Ledger.Debits.Where(debit => debit.State == DebitState.Collected).ToList();
            if (collected.Count > 0)
            {
                var debit = collected[step.Pick % collected.Count];
                var cents = Math.Max(
                    (debit.ReturnedCents + debit.Lost).Cents,
                    step.Pick % 2 == 0
                        ? debit.LastAttempt!.Amount.Cents
                        : Math.Min(step.Cents, debit.LastAttempt!.Amount.Cents)
                );
                Account.MoneyComesBack(debit.Id.Sequence, cents, endsMandate: step.Pick % 3 == 0);
            }

            return;
        }

        Wait(step.Pick % 3, 5);
        Account.TheBankSays(
            step.Kind switch
            {
                StepKind.Yes => IntentStatus.Succeeded,
                StepKind.No => IntentStatus.Dead,
                _ => IntentStatus.RequiresAction,
            },
            Codes[step.Pick % Codes.Length]
        );
    }

    private void PlayFiles(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Bill:
                ImportBill(step);
                break;
            case StepKind.Payment or StepKind.NamedPayment:
                Post(step);
                break;
            case StepKind.Reversal when payments > 0:
                Reverse($"p{(step.Pick % payments) + 1}");
                break;
            case StepKind.Adjustment when AnyBill(step) is { } bill:
                Adjust(bill, step.Cents - 5_000);
                break;
            case StepKind.Balance when AnyBill(step) is { } bill:
                Account.WhenTheBalancesFileSays(bill, step.Cents);
                break;
            default:
                break;
        }
    }

    private void ImportBill(Step step)
    {
        var due = Account.Now.Today.AddDays((step.Pick % 25) - 5);
        var onAWednesday = due.AddDays(((int)DayOfWeek.Wednesday - (int)due.DayOfWeek + 7) % 7)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var cents = step.Pick % 11 == 0 ? -step.Cents : step.Cents;
        Account.WhenABillIsImported(
            $"b{++bills:00}",
            cents,
            onAWednesday,
            cycle: (step.Pick % 2) + 1,
            previous: step.Pick % 7 == 0 ? step.Pick - 500 : null
        );
        Billed += cents;
    }

    private void Post(Step step)
    {
        Account.WhenAPaymentIsPosted(
            $"p{++payments}",
            step.Cents + 1,
            step.Kind == StepKind.NamedPayment ? AnyBill(step) : null
        );
        PaidIn += step.Cents + 1;
    }

    private void Reverse(string payment)
    {
        var left = Account.Ledger.Funds.FirstOrDefault(funds => funds.Id.Value == payment) is { } funds
            ? funds.Amount - funds.Reversed
            : Money.Zero;
        Account.WhenAPaymentIsReversed(payment);
        PaidIn -= left.Cents;
    }

    private void Adjust(string bill, long cents)
    {
        Account.WhenABillIsAdjusted(bill, cents);
        Billed += cents;
    }

    private void PlayFinance(Step step)
    {
        var from = Account.Now.Today.AddDays((step.Pick % 50) - 20);
        var window = (From: Text(from), To: Text(from.AddDays(step.Cents % 30)));
        _ = step.Kind switch
        {
            StepKind.Hold => Account.WhenFinanceDeclaresAHold($"d{++deferrals}", window.From, window.To, Cycles(step)),
            StepKind.Merge => Account.WhenFinanceDeclaresAMerge(
                $"d{++deferrals}",
                window.From,
                window.To,
                Cycles(step)
            ),
            StepKind.Clear => Account.WhenFinanceClears(Cycles(step)),
            StepKind.Reopen => Account.WhenFinanceReopens(Cycles(step)),
            StepKind.Withdraw => Account.WhenFinanceWithdraws($"d{(deferrals == 0 ? 0 : step.Pick % deferrals) + 1}"),
            StepKind.Halt => Account.WhenFinanceHalts(),
            _ => Account.WhenFinanceResumes(),
        };
    }

    private void PlayPeople(Step step)
    {
        var reviewed = Account.Ledger.Debits.Where(debit => debit.State == DebitState.NeedsReview).ToList();
        var id =
            reviewed.Count > 0
                ? reviewed[step.Pick % reviewed.Count].Id
                : new DebitId(Account.Ledger.Id, Account.Ledger.Generation, (step.Pick % 9) + 1);
        var bill = AnyBill(step) ?? "none";
        _ = step.Kind switch
        {
            StepKind.Skip => Account.WhenABillIsSkipped(bill),
            StepKind.Rearm => Account.WhenABillIsRearmed(bill),
            StepKind.AutopayOff => Account.WhenAutopayGoesOff(),
            StepKind.AutopayOn => Account.WhenAutopayGoesOn(),
            StepKind.Suspend => Account.WhenAPersonSuspends(),
            StepKind.Lift => Account.WhenAPersonLiftsTheSuspension(),
            StepKind.Approve => Account.Do(new ApproveDebit(id, "agreed", Account.Now)),
            StepKind.Cancel => Account.Do(new CancelDebit(id, "paid", Account.Now)),
            StepKind.NewPayer => Account.WhenTheAccountsFileSays(it =>
                it with
                {
                    Customer = $"cus_{(step.Pick % 2) + 1}",
                }
            ),
            StepKind.Exempt => Account.Do(
                new ExemptBill(
                    new BillId(bill),
                    new DeferralId($"d{(deferrals == 0 ? 0 : step.Pick % deferrals) + 1}"),
                    step.Cents % 3 > 0,
                    "asked",
                    Account.Now
                )
            ),
            StepKind.NewMethod => Account.WhenTheAccountsFileSays(it =>
                it with
                {
                    PaymentMethod = $"pm_{step.Pick % 5}",
                }
            ),
            _ => Account.WhenTheAccountsFileSays(it =>
                it with
                {
                    MaxDebit = step.Pick % 3 == 0 ? null : new Money(step.Cents * 3),
                }
            ),
        };
    }

    // Recovery does not leave an attempt alone for long: before time passes, what was begun goes on.
    private AccountScenario Wait(int days, int hour)
    {
        Account.WhenThePreChargeCheckComes().WhenConfirmed();
        refunds.GoOn();
        foreach (var debit in Account.Ledger.Debits.Where(debit => debit.State == DebitState.Unknown).ToList())
        {
            Account.TheProviderSays(debit.Id.Sequence, IntentStatus.Processing);
        }

        var day = Account.Now.Today.AddDays(Math.Max(days, Account.Now.TimeOfDay.Hour >= hour ? 1 : 0));
        return Account.MoveTo(AccountScenario.City.At(AccountScenario.City.ToUtc(day, new TimeOnly(hour, 0))));
    }

    private string? AnyBill(Step step) => bills == 0 ? null : $"b{(step.Pick % bills) + 1:00}";

    private static int[] Cycles(Step step) =>
        (step.Pick % 3) switch
        {
            0 => [1],
            1 => [2],
            _ => [1, 2],
        };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
