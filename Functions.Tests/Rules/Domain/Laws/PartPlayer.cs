using Autopay.Tests.Fixtures.Ledger;
using CsCheck;

namespace Autopay.Tests.Rules.Domain.Laws;

internal enum PartStepKind
{
    Days,
    Yes,
    No,
    Dispute,
    Payment,
    NamedPayment,
    Reversal,
    Suspend,
    Lift,
    Rearm,
    Skip,
    AutopayOff,
    AutopayOn,
    NewBill,
}

/// <summary>One thing that may happen to a bill in parts; the numbers choose among what there is.</summary>
internal readonly record struct PartStep(PartStepKind Kind, int Pick, int Cents)
{
    private static readonly PartStepKind[] Forward =
    [
        PartStepKind.Days,
        PartStepKind.Days,
        PartStepKind.Days,
        PartStepKind.Yes,
        PartStepKind.Yes,
        PartStepKind.Lift,
        PartStepKind.AutopayOn,
    ];

    public static Gen<PartStep[]> Any { get; } =
        Gen.Select(
            Gen.OneOfConst([.. Enum.GetValues<PartStepKind>(), .. Forward, .. Forward]),
            Gen.Int[0, 999],
            Gen.Int[1, 6_000],
            (kind, pick, cents) => new PartStep(kind, pick, cents)
        ).Array[1, 40];

    public override string ToString() => $"{Kind}({Pick},{Cents})";
}

/// <summary>
/// January (50.00) is merged into February (60.01) and goes in three parts from Feb 19 on; then the steps happen. The
/// run comes on every day that goes by.
/// </summary>
internal sealed class PartPlayer
{
    private static readonly string[] Codes = ["R01", "R09", "R02", "R08", "R10"];
    private static readonly string[] Bills = ["jan", "feb", "feb:part-2"];
    private int payments;
    private int bills;

    public AccountScenario Account { get; } =
        AccountScenario
            .GivenAnAccount(cap: 4_000, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb");

    public long Billed { get; private set; } = 11_001;

    public long PaidIn { get; private set; }

    public static PartPlayer Play(IEnumerable<PartStep> steps)
    {
        var player = new PartPlayer();
        foreach (var step in steps)
        {
            try
            {
                player.Take(step);
            }
            catch (RefusedException)
            {
                // The rules say no: nothing changed.
            }
        }

        return player;
    }

    private void Take(PartStep step)
    {
        switch (step.Kind)
        {
            case PartStepKind.Days:
                LetDaysGoBy((step.Pick % 20) + 1);
                break;
            case PartStepKind.Dispute:
                Dispute(step);
                break;
            case PartStepKind.Payment or PartStepKind.NamedPayment:
                Account.WhenAPaymentIsPosted(
                    $"p{++payments}",
                    step.Cents,
                    step.Kind == PartStepKind.NamedPayment ? Bills[step.Pick % 2] : null
                );
                PaidIn += step.Cents;
                break;
            case PartStepKind.Reversal when payments > 0:
                Reverse($"p{(step.Pick % payments) + 1}");
                break;
            case PartStepKind.NewBill:
                Account.WhenABillIsImported(
                    $"b{++bills:00}",
                    3_000 + bills,
                    $"{Account.Now.Today.AddDays(20):yyyy-MM-dd}"
                );
                Billed += 3_000 + bills;
                break;
            default:
                Ask(step);
                break;
        }
    }

    private void Ask(PartStep step) =>
        _ = step.Kind switch
        {
            PartStepKind.Yes => Account.TheBankSaysYes(),
            PartStepKind.No => Account.TheBankSaysNo(Codes[step.Pick % Codes.Length]),
            PartStepKind.Suspend => Account.WhenAPersonSuspends(),
            PartStepKind.Lift => Account.WhenAPersonLiftsTheSuspension(),
            PartStepKind.Rearm => Account.WhenABillIsRearmed(Bills[step.Pick % Bills.Length]),
            PartStepKind.Skip => Account.WhenABillIsSkipped(Bills[step.Pick % Bills.Length]),
            PartStepKind.AutopayOff => Account.WhenAutopayGoesOff(),
            PartStepKind.AutopayOn => Account.WhenAutopayGoesOn(),
            _ => Account,
        };

    private void LetDaysGoBy(int days)
    {
        for (var day = 0; day < days; day++)
        {
            var next = Account.Now.Today.AddDays(1);
            Account
                .MoveTo(AccountScenario.City.At(AccountScenario.City.ToUtc(next, new TimeOnly(6, 0))))
                .WhenEvaluated()
                .WhenThePreChargeCheckComes()
                .WhenConfirmed();
        }
    }

    private void Dispute(PartStep step)
    {
        var collected = Account.Ledger.Debits.Where(debit => debit.State == DebitState.Collected).ToList();
        if (collected.Count > 0)
        {
            var debit = collected[step.Pick % collected.Count];
            Account.MoneyComesBack(debit.Id.Sequence, debit.Attempted.Amount.Cents, endsMandate: step.Pick % 3 == 0);
        }
    }

    private void Reverse(string payment)
    {
        var left = Account.Ledger.Funds.Where(funds => funds.Id.Value == payment).Sum(it => it.Amount - it.Reversed);
        Account.WhenAPaymentIsReversed(payment);
        PaidIn -= left.Cents;
    }
}
