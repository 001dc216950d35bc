using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Waiting;

/// <summary>What waits for one account that opens now.</summary>
/// <param name="Bills">All of its waiting bills; those that are too old are dropped.</param>
/// <param name="Payments">Marked as its own, so that nobody else can get them.</param>
/// <param name="Early">Reversals and adjustments of what opens with it.</param>
/// <param name="Lost">Waiting bills that another account has by now (R29).</param>
public sealed record WaitingForAccount(
    IReadOnlyList<WaitingRow> Bills,
    IReadOnlyList<SuspensePayment> Payments,
    IReadOnlyList<WaitingRow> Early,
    IReadOnlyList<ConflictingRow> Lost
)
{
    public static WaitingForAccount Nothing { get; } = new([], [], [], []);

    /// <summary>
    /// What its ledger is asked after the enrolment: bills by due date, then money, then what takes back (R33).
    /// </summary>
    public IReadOnlyList<Func<Moment, LedgerCommand>> CommandsOn(DateOnly today, Controls controls)
    {
        var bills = Bills
            .Except(Lost.Select(lost => lost.Waiting))
            .OfType<WaitingRow>()
            .Where(row => row.Content.Bill!.DueDate >= today || controls.IsDeferred(row.Content.Bill))
            .ToList();
        var opened = bills.Select(row => row.Content.Bill!.Id).ToHashSet();
        var posted = Payments.Select(payment => payment.Payment.Id).ToHashSet();
        return
        [
            .. bills
                .OrderBy(row => row.Content.Bill!.DueDate)
                .ThenBy(row => row.Since)
                .ThenBy(row => row.Line)
                .Select(Command),
            .. Payments
                .OrderBy(payment => payment.Since)
                .ThenBy(payment => payment.Line)
                .Select(payment => new Func<Moment, LedgerCommand>(now => new PostBackPayment(
                    payment.Payment with
                    {
                        PostedOn = now.Today,
                    },
                    now
                )
                {
                    Source = payment.ImportId,
                })),
            .. Early
                .Where(row => row.Content.Reversal is { } reversal && posted.Contains(reversal.Payment))
                .Select(Command),
            .. Early
                .Where(row => row.Content.Adjustment is { } adjustment && opened.Contains(adjustment.Bill))
                .Select(Command),
        ];
    }

    /// <summary>A row of the accounts file counts from when its file came, however late it is applied (R23).</summary>
    public static Func<Moment, LedgerCommand> Command(WaitingRow row) =>
        now =>
            row.Content.ToCommand(now) with
            {
                Source = row.ImportId,
            } switch
            {
                Enrol enrol => enrol with { ReceivedAt = row.Since },
                var command => command,
            };
}

/// <summary>Accounts that open: what came too early for them applies itself (R33).</summary>
public sealed class OpenAccounts(IWaitingRows waiting, ISuspenseStore suspense, IIdRegister register)
{
    /// <summary>
    /// Finds what waits for these accounts of one bucket, and marks their money as theirs before their ledgers are
    /// written.
    /// </summary>
    public async Task<IReadOnlyDictionary<AccountId, WaitingForAccount>> PrepareAsync(
        Bucket bucket,
        IReadOnlyCollection<AccountId> opening,
        ImportContext context,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (opening.Count == 0)
        {
            return new Dictionary<AccountId, WaitingForAccount>();
        }

        var bills = (await waiting.ReadBillsAsync(bucket, opening, cancel)).ToLookup(row => row.Account);
        var lost = (await LostAsync([.. bills.SelectMany(rows => rows)], cancel)).ToLookup(conflict =>
            conflict.Row.Account
        );
        Dictionary<AccountId, WaitingForAccount> found = [];
        foreach (var account in opening)
        {
            List<SuspensePayment> payments = [];
            foreach (var payment in context.Suspended[account])
            {
                if (await MarkAsync(payment, account, authority, cancel) is { } marked)
                {
                    payments.Add(marked);
                }
            }

            found[account] = new WaitingForAccount(
                [.. bills[account]],
                payments,
                [.. context.Early[account]],
                [.. lost[account]]
            );
        }

        return found;
    }

    /// <summary>
    /// The accounts' ledgers have it: nothing of it waits any more. Bills that were too old are dropped with the
    /// others.
    /// </summary>
    public async Task FinishAsync(
        Bucket bucket,
        WaitingForAccount done,
        AccountLedger ledger,
        Authority authority,
        CancellationToken cancel
    )
    {
        foreach (
            var payment in done.Payments.Where(payment => ledger.Funds.Any(funds => funds.Id == payment.Payment.Id))
        )
        {
            await suspense.SaveAsync(payment with { IsPosted = true }, cancel);
        }

        foreach (var row in done.Early.Where(row => IsKnownTo(ledger, row)))
        {
            await waiting.EndAsync(row, WaitingEnd.Applied, authority, cancel);
        }

        if (done.Bills.Count > 0)
        {
            await waiting.RemoveBillsAsync(bucket, done.Bills, cancel);
        }
    }

    /// <summary>
    /// An account that a person has opened beside the one that it resembles is known by its own spelling: a complete
    /// file that does not name it says so (R39).
    /// </summary>
    public Task NameAsync(AccountId account, CancellationToken cancel) =>
        register.MoveAsync(IdKind.Account, new IdClaim($"={account}", account), cancel);

    /// <summary>Whether what the row takes back or adjusts has come.</summary>
    public static bool IsKnownTo(AccountLedger ledger, WaitingRow row) =>
        row.Content switch
        {
            { Reversal: { } reversal } => ledger.Funds.Any(funds => funds.Id == reversal.Payment),
            { Adjustment: { } adjustment } => ledger.FindBill(adjustment.Bill) is not null,
            _ => false,
        };

    // While it waited, a bill may have become another account's: that one has it, and a person hears of it (R29).
    private async Task<IReadOnlyList<ConflictingRow>> LostAsync(
        IReadOnlyList<WaitingRow> bills,
        CancellationToken cancel
    )
    {
        if (bills.Count == 0)
        {
            return [];
        }

        var others = await register.ClaimAsync(
            IdKind.Bill,
            [.. bills.Select(row => new IdClaim(row.RowId, row.Account)).DistinctBy(claim => claim.Id)],
            cancel
        );
        return
        [
            .. bills
                .Where(row => others.TryGetValue(row.RowId, out var other) && other != row.Account)
                .Select(row => new ConflictingRow(row.ToImportRow(), others[row.RowId]) { Waiting = row }),
        ];
    }

    // Somebody else may have assigned it meanwhile: then it is theirs.
    private async Task<SuspensePayment?> MarkAsync(
        SuspensePayment payment,
        AccountId account,
        Authority authority,
        CancellationToken cancel
    ) =>
        payment.AssignedTo == account
            ? payment
            : await suspense.SaveAsync(payment with { AssignedTo = account, AssignedBy = authority }, cancel);
}
