using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// What the city's billing system knows: accounts, the bills and payments that it exported, what it prints as previous
/// balance.
/// </summary>
internal sealed class BillingSystem(SimWorld world)
{
    private readonly Dictionary<AccountId, AccountRow> accounts = SimWorld
        .Accounts.Concat(SimWorld.Newcomers)
        .Select(
            (account, index) =>
                new AccountRow(
                    account,
                    (index % 2) + 1,
                    true,
                    $"cus_{account}",
                    "pm_1",
                    "",
                    index % 4 == 3 ? "150.00" : ""
                )
        )
        .ToDictionary(row => row.Id);

    public List<BillRow> Bills { get; } = [];

    public List<PaymentRow> Payments { get; } = [];

    /// <summary>Its reversal went out before it.</summary>
    public PaymentRow? PaymentToCome { get; set; }

    /// <summary>Its adjustment went out before it.</summary>
    public BillRow? BillToCome { get; set; }

    /// <summary>An account whose autopay the file says is off.</summary>
    public AccountId? OffByFile => accounts.Values.FirstOrDefault(row => !row.Autopay)?.Id;

    public AccountRow Of(AccountId account) => accounts[account];

    public AccountRow Change(AccountId account, Func<AccountRow, AccountRow> change) =>
        accounts[account] = change(accounts[account]);

    /// <summary>A new bill that says what was open before it.</summary>
    /// <param name="wrongBy">Cents by which the printed previous balance is wrong.</param>
    public BillRow Export(string id, AccountId account, DateOnly due, int cents, int wrongBy = 0)
    {
        var billed = due.AddDays(-14);
        Bills.Add(new BillRow(id, account, Of(account).Cycle, billed, due, cents, Previous(account, due) + wrongBy));
        return Bills[^1];
    }

    public PaymentRow Pay(AccountId account, int cents, DateOnly received, string bill)
    {
        Payments.Add(new PaymentRow($"p{Payments.Count + 1}", account, cents, received, bill));
        return Payments[^1];
    }

    // The billing system has the same money and bills as we do; a file that is still under way makes the two differ, as
    // in life.
    private int Previous(AccountId account, DateOnly due)
    {
        var ledger = world.Ledgers.Ledgers.FirstOrDefault(ledger => ledger.Id == account);
        return ledger is null
            ? 0
            : (int)(ledger.Bills.Where(bill => bill.DueDate <= due).Sum(bill => bill.Open) - ledger.Credit).Cents;
    }
}
