using Autopay.Domain;
using Autopay.Imports;
using Autopay.Tests.ChargeProtocol;

namespace Autopay.Tests.Simulation;

/// <summary>What the city's systems export: in any order, again, with other numbers, and for whom nobody knows yet.</summary>
internal sealed class FileActs(SimWorld world, BillingSystem billing, Clerk clerk)
{
    // A clock may be ten minutes late, and nothing can have been received tomorrow (R35).
    private DateOnly TodayByEveryClock => ChargingWorld.City.At(world.Time.GetUtcNow().AddMinutes(-10)).Today;

    public void Enrol() => clerk.Upload(ImportKind.Accounts, "accounts", [.. SimWorld.Accounts.Select(billing.Of)]);

    public void Play(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.FileAgain: clerk.SendAgain(act.Pick); break;
            case >= ActKind.NewMethod and <= ActKind.LookAlike: PlayAccounts(act); break;
            case ActKind.Payment or ActKind.Reversal or ActKind.EarlyPayment or ActKind.EarlyReversal or ActKind.PaymentElsewhere or ActKind.PaymentAgain: PlayPayments(act); break;
            default: PlayBills(act); break;
        }
    }

    private void PlayAccounts(Act act)
    {
        var account = act.Kind is ActKind.NewMethod or ActKind.NewMandate && act.Cents % 3 > 0 ? Suspended() ?? Account(act) : Account(act);
        AccountRow row = act.Kind switch
        {
            ActKind.NewMethod => billing.Change(account, it => it with { Method = $"pm_{act.Number}" }),
            ActKind.NewMandate => billing.Change(account, it => it with { Mandate = $"mandate_{act.Number}" }),
            ActKind.NewPayer => billing.Change(account, it => it with { Customer = act.Cents % 4 == 0 ? $"cus_{account}" : $"cus_{account}_{act.Number}", Method = $"pm_{act.Number}" }),
            ActKind.MoveCycle => billing.Change(account, it => it with { Cycle = 3 - it.Cycle }),
            ActKind.FileAutopay => billing.Change(act.Cents % 3 > 0 ? billing.OffByFile ?? account : account, it => it with { Autopay = !it.Autopay }),
            ActKind.OpenAccount => billing.Of(Newcomer(act)),
            _ => billing.Of(SimWorld.Resembled) with { Id = SimWorld.LookAlike },
        };
        clerk.Upload(ImportKind.Accounts, $"accounts {act.Number}", row);
    }

    private void PlayPayments(Act act)
    {
        var name = $"payments {act.Number}";
        switch (act.Kind)
        {
            case ActKind.Payment: Pay(act, name); break;
            case ActKind.EarlyPayment:
                clerk.Upload(ImportKind.Payments, name, billing.Pay(Newcomer(act), act.Cents + 1, TodayByEveryClock, act.Pick % 2 == 0 ? BillOf(Newcomer(act)) : ""));
                break;
            case ActKind.EarlyReversal: ReverseEarly(act); break;
            case var _ when billing.Payments.Count == 0: break;
            case ActKind.Reversal: Bounce(act); break;
            case ActKind.PaymentElsewhere:
                clerk.Upload(ImportKind.Payments, name, billing.Payments[act.Pick % billing.Payments.Count] with { Account = Account(act) });
                break;
            default:
                clerk.Upload(ImportKind.Payments, name, billing.Payments[act.Pick % billing.Payments.Count] with { Cents = act.Cents + 7 });
                break;
        }
    }

    private void Pay(Act act, string name)
    {
        var (bill, account) = billing.Bills.Count == 0 ? ("", Account(act)) : (billing.Bills[act.Cents % billing.Bills.Count].Id, billing.Bills[act.Cents % billing.Bills.Count].Account);
        PaymentRow row = billing.PaymentToCome ?? billing.Pay(account, act.Cents + 1, TodayByEveryClock, act.Pick % 3 == 0 ? bill : "");
        billing.PaymentToCome = null;
        clerk.Upload(ImportKind.Payments, name, row);
    }

    // The payment itself comes with a later file, or never.
    private void ReverseEarly(Act act)
    {
        billing.PaymentToCome = billing.Pay(act.Cents % 2 == 0 ? Account(act) : Newcomer(act), act.Cents + 1, TodayByEveryClock, "");
        clerk.Upload(ImportKind.PaymentReversals, $"reversals {act.Number}", $"{billing.PaymentToCome.Id},{billing.PaymentToCome.Account},bounced early");
    }

    // Sometimes the clerk names another account.
    private void Bounce(Act act)
    {
        var used = world.Ledgers.Ledgers.SelectMany(ledger => ledger.Funds).Where(funds => funds is { Source: FundsSource.BackPayment, Applied.Count: > 0 }).Select(funds => funds.Id.Value).ToHashSet();
        var payments = act.Cents % 3 > 0 && billing.Payments.Exists(row => used.Contains(row.Id)) ? billing.Payments.FindAll(row => used.Contains(row.Id)) : billing.Payments;
        var payment = payments[act.Pick % payments.Count];
        clerk.Upload(ImportKind.PaymentReversals, $"reversals {act.Number}", $"{payment.Id},{(act.Cents % 4 == 0 ? Account(act) : payment.Account)},bounced");
    }

    private void PlayBills(Act act)
    {
        var (name, today) = ($"bills {act.Number}", world.Now.Today);
        switch (act.Kind)
        {
            case ActKind.Bills: BillEverybody(act, name); break;
            case ActKind.EarlyBills:
                clerk.Upload(ImportKind.Bills, name, [.. SimWorld.Newcomers.Select((account, index) => billing.Export($"n{act.Number:000}-{index}", account, today.AddDays((act.Pick % 20) - 6), act.Cents % 4 == 0 ? 45 : act.Cents + 60))]);
                break;
            case ActKind.EarlyAdjustment: AdjustEarly(act); break;
            case ActKind.CreditBill: clerk.Upload(ImportKind.Bills, name, billing.Export($"c{act.Number:000}", Account(act), today.AddDays(act.Pick % 12), -(act.Cents + 1))); break;
            case ActKind.OddDate: clerk.Upload(ImportKind.Bills, name, billing.Export($"o{act.Number:000}", Account(act), today.AddDays(act.Pick % 3 == 0 ? 121 : -11 - (act.Pick % 20)), act.Cents + 60)); break;
            case ActKind.WrongBalance: clerk.Upload(ImportKind.Bills, name, billing.Export($"w{act.Number:000}", Account(act), today.AddDays(act.Pick % 12), act.Cents + 60, (act.Cents % 3 > 0 ? -1 : 1) * (act.Pick + 1) * 20)); break;
            case var _ when billing.Bills.Count == 0: break;
            case ActKind.Adjustment: Adjust(act); break;
            case ActKind.BillElsewhere: clerk.Upload(ImportKind.Bills, name, billing.Bills[act.Pick % billing.Bills.Count] with { Account = Account(act) }); break;
            default: BillAgain(act, name); break;
        }
    }

    private void BillEverybody(Act act, string name)
    {
        var due = world.Now.Today.AddDays(act.Pick % 12);
        List<BillRow> rows = [.. SimWorld.Accounts.Select((account, index) => billing.Export($"b{act.Number:000}-{index}", account, due, index == 6 && act.Cents % 6 == 0 ? 45 : ((act.Cents * (index + 3)) % 20_000) + 30))];
        if (billing.BillToCome is { } late)
        {
            rows.Add(late);
            billing.BillToCome = null;
        }

        clerk.Upload(ImportKind.Bills, name, rows);
    }

    // Its bill comes with the next bills, or never.
    private void AdjustEarly(Act act)
    {
        billing.BillToCome = billing.Export($"e{act.Number:000}", act.Cents % 2 == 0 ? Account(act) : Newcomer(act), world.Now.Today.AddDays(act.Pick % 12), act.Cents + 600);
        clerk.Upload(ImportKind.BillAdjustments, $"adjustments {act.Number}", $"a{act.Number},{billing.BillToCome.Account},{billing.BillToCome.Id},{Rows.Dollars(-act.Cents - 1)},estimate");
    }

    private void Adjust(Act act)
    {
        var collected = world.Ledgers.Ledgers.SelectMany(ledger => ledger.Bills).Where(bill => bill.Collected.IsPositive).Select(bill => bill.Id.Value).ToHashSet();
        var bills = act.Cents % 3 > 0 && billing.Bills.Exists(row => collected.Contains(row.Id)) ? billing.Bills.FindAll(row => collected.Contains(row.Id)) : billing.Bills;
        var bill = bills[act.Pick % bills.Count];
        clerk.Upload(ImportKind.BillAdjustments, $"adjustments {act.Number}", $"a{act.Number},{bill.Account},{bill.Id},{Rows.Dollars(act.Cents == 6_000 ? 1 : act.Cents - 6_000)},estimate");
    }

    private void BillAgain(Act act, string name)
    {
        var index = act.Pick % billing.Bills.Count;
        var known = billing.Bills[index];
        billing.Bills[index] = (act.Cents % 3) switch
        {
            0 => known with { Cents = act.Cents + 70 },
            1 => known with { Due = known.Due.AddDays((act.Pick % 9) + 1) },
            _ => known with { Previous = known.Previous + act.Pick + 1 },
        };
        clerk.Upload(ImportKind.Bills, name, billing.Bills[index]);
    }

    // Somebody whose card or bank account is of no use any more: the next thing is often another one.
    private AccountId? Suspended() => world.Ledgers.Ledgers.FirstOrDefault(ledger => ledger.Suspension is { Kind: SuspensionKind.PaymentMethod } && SimWorld.Accounts.Contains(ledger.Id))?.Id;

    private string BillOf(AccountId account) => billing.Bills.LastOrDefault(bill => bill.Account == account)?.Id ?? "";

    private static AccountId Account(Act act) => SimWorld.Accounts[act.Pick % SimWorld.Accounts.Count];

    private static AccountId Newcomer(Act act) => SimWorld.Newcomers[act.Pick % SimWorld.Newcomers.Count];
}
