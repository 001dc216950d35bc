using Autopay.Imports;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// What the city's systems export of accounts and payments: in any order, again, with other numbers, and for whom
/// nobody knows yet.
/// </summary>
internal sealed class FileActs(SimWorld world, BillingSystem billing, Clerk clerk)
{
    private readonly BillActs bills = new(world, billing, clerk);

    // A clock may be ten minutes late, and nothing can have been received tomorrow (R35).
    private DateOnly TodayByEveryClock => ChargingWorld.City.At(world.Time.GetUtcNow().AddMinutes(-10)).Today;

    public void Enrol() => clerk.Upload(ImportKind.Accounts, "accounts", [.. SimWorld.Accounts.Select(billing.Of)]);

    public void Play(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.FileAgain:
                clerk.SendAgain(act.Pick);
                break;
            case >= ActKind.NewMethod and <= ActKind.LookAlike:
                PlayAccounts(act);
                break;
            case ActKind.Payment or ActKind.EarlyPayment:
                Pay(act);
                break;
            case ActKind.Reversal or ActKind.EarlyReversal:
                Reverse(act);
                break;
            case ActKind.PaymentElsewhere or ActKind.PaymentAgain:
                PayAgain(act);
                break;
            default:
                bills.Play(act);
                break;
        }
    }

    private void PlayAccounts(Act act)
    {
        var isOfAMethod = act.Kind is ActKind.NewMethod or ActKind.NewMandate;
        var account = isOfAMethod && act.Cents % 3 > 0 ? Suspended() ?? SimWorld.Account(act) : SimWorld.Account(act);
        var switched = act.Cents % 3 > 0 ? billing.OffByFile ?? account : account;
        AccountRow row = act.Kind switch
        {
            ActKind.NewMethod => billing.Change(account, it => it with { Method = $"pm_{act.Number}" }),
            ActKind.NewMandate => billing.Change(account, it => it with { Mandate = $"mandate_{act.Number}" }),
            ActKind.NewPayer => billing.Change(
                account,
                it => it with { Customer = Payer(act, account), Method = $"pm_{act.Number}" }
            ),
            ActKind.MoveCycle => billing.Change(account, it => it with { Cycle = 3 - it.Cycle }),
            ActKind.FileAutopay => billing.Change(switched, it => it with { Autopay = !it.Autopay }),
            ActKind.OpenAccount => billing.Of(SimWorld.Newcomer(act)),
            _ => billing.Of(SimWorld.Resembled) with { Id = SimWorld.LookAlike },
        };
        clerk.Upload(ImportKind.Accounts, $"accounts {act.Number}", row);
    }

    // A household sometimes comes back as the customer that it was.
    private static string Payer(Act act, AccountId account) =>
        act.Cents % 4 == 0 ? $"cus_{account}" : $"cus_{account}_{act.Number}";

    // Somebody whose card or bank account is of no use any more: the next thing is often another one.
    private AccountId? Suspended() =>
        world
            .Ledgers.Ledgers.FirstOrDefault(ledger =>
                ledger.Suspension is { Kind: SuspensionKind.PaymentMethod } && SimWorld.Accounts.Contains(ledger.Id)
            )
            ?.Id;

    private void Pay(Act act)
    {
        var row = act.Kind == ActKind.EarlyPayment ? EarlyPayment(act) : billing.PaymentToCome ?? PaymentOfABill(act);
        billing.PaymentToCome = act.Kind == ActKind.EarlyPayment ? billing.PaymentToCome : null;
        clerk.Upload(ImportKind.Payments, $"payments {act.Number}", row);
    }

    private PaymentRow PaymentOfABill(Act act)
    {
        var bill = billing.Bills.Count == 0 ? null : billing.Bills[act.Cents % billing.Bills.Count];
        var named = act.Pick % 3 == 0 ? bill?.Id ?? "" : "";
        return billing.Pay(bill?.Account ?? SimWorld.Account(act), act.Cents + 1, TodayByEveryClock, named);
    }

    private PaymentRow EarlyPayment(Act act)
    {
        var account = SimWorld.Newcomer(act);
        var bill = billing.Bills.LastOrDefault(bill => bill.Account == account)?.Id ?? "";
        return billing.Pay(account, act.Cents + 1, TodayByEveryClock, act.Pick % 2 == 0 ? bill : "");
    }

    private void PayAgain(Act act)
    {
        if (billing.Payments.Count > 0)
        {
            var known = billing.Payments[act.Pick % billing.Payments.Count];
            clerk.Upload(
                ImportKind.Payments,
                $"payments {act.Number}",
                act.Kind == ActKind.PaymentElsewhere
                    ? known with
                    {
                        Account = SimWorld.Account(act),
                    }
                    : known with
                    {
                        Cents = act.Cents + 7,
                    }
            );
        }
    }

    private void Reverse(Act act)
    {
        if (act.Kind == ActKind.EarlyReversal)
        {
            // The payment itself comes with a later file, or never.
            var account = act.Cents % 2 == 0 ? SimWorld.Account(act) : SimWorld.Newcomer(act);
            billing.PaymentToCome = billing.Pay(account, act.Cents + 1, TodayByEveryClock, "");
            Reverse(act, billing.PaymentToCome.Id, account);
        }
        else if (billing.Payments.Count > 0)
        {
            // Sometimes the clerk names another account.
            var payments = act.Cents % 3 > 0 && UsedPayments() is { Count: > 0 } used ? used : billing.Payments;
            var payment = payments[act.Pick % payments.Count];
            Reverse(act, payment.Id, act.Cents % 4 == 0 ? SimWorld.Account(act) : payment.Account);
        }
    }

    private void Reverse(Act act, string payment, AccountId account) =>
        clerk.Upload(ImportKind.PaymentReversals, $"reversals {act.Number}", $"{payment},{account},bounced");

    private List<PaymentRow> UsedPayments()
    {
        var used = world
            .Ledgers.Ledgers.SelectMany(ledger => ledger.Funds)
            .Where(funds => funds.Applied.Count > 0)
            .Select(funds => funds.Id.Value)
            .ToHashSet();
        return billing.Payments.FindAll(row => used.Contains(row.Id));
    }
}
