using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Waiting;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>A row whose id another account has.</summary>
public sealed record ConflictingRow(ImportRow Row, AccountId Owner)
{
    /// <summary>The row as it waited; null when it has just come.</summary>
    public WaitingRow? Waiting { get; init; }
}

/// <summary>
/// One bill, one account, and one payment id over the city (R29). A row that names what is another account's is not
/// taken: where the bill is, or where the payment is wanted, debits wait for a person.
/// </summary>
public sealed class IdConflicts(IIdRegister register, AccountBooks books, ISuspenseStore suspense, IWaitingRows waiting)
{
    private const int AccountsPerSave = 100;

    /// <summary>Claims the ids of the whole file, and finds the rows that must not be taken.</summary>
    public async Task<IReadOnlyList<ConflictingRow>> FindAsync(
        ImportKind kind,
        IReadOnlyList<ImportRow> rows,
        CancellationToken cancel
    )
    {
        if (kind.FileFormat.Brings is not (ImportedItem.Bill or ImportedItem.Payment))
        {
            return [];
        }

        var claims = kind.FileFormat.Brings == ImportedItem.Bill ? IdKind.Bill : IdKind.Payment;
        var owners = await register.ClaimAsync(
            claims,
            [.. rows.Select(row => new IdClaim(row.Id, row.Account)).DistinctBy(claim => claim.Id)],
            cancel
        );
        var first = rows.GroupBy(row => row.Id)
            .Where(same => same.Skip(1).Any())
            .ToDictionary(same => same.Key, same => same.First().Account);
        var suspects = rows.Select(row => new ConflictingRow(
                row,
                owners.TryGetValue(row.Id, out var owner) ? owner : first.GetValueOrDefault(row.Id, row.Account)
            ))
            .Where(suspect => suspect.Owner != suspect.Row.Account)
            .ToList();
        var known = await LoadAsync(
            suspects.SelectMany(suspect => new[] { suspect.Row.Account, suspect.Owner }),
            cancel
        );
        List<ConflictingRow> conflicts = [];
        Dictionary<string, AccountId> freed = [];
        foreach (var suspect in suspects.Where(it => !Has(known.GetValueOrDefault(it.Row.Account), it.Row)))
        {
            // Of several rows that nobody's claim keeps back the first counts.
            if (freed.TryGetValue(suspect.Row.Id, out var taken) && taken != suspect.Row.Account)
            {
                conflicts.Add(suspect with { Owner = taken });
            }
            else if (await IsFreeAsync(claims, suspect, first.ContainsKey(suspect.Row.Id), known, cancel))
            {
                freed[suspect.Row.Id] = suspect.Row.Account;
            }
            else
            {
                conflicts.Add(suspect);
            }
        }

        return conflicts;
    }

    /// <summary>
    /// A person wants these rows here: they may be applied when whose id it is does not have the bill or payment any
    /// more.
    /// </summary>
    /// <exception cref="RefusedException">Another account has it, or it is in suspense.</exception>
    public async Task FreeAsync(IReadOnlyList<ConflictingRow> wanted, CancellationToken cancel)
    {
        var known = await LoadAsync(wanted.Select(row => row.Owner), cancel);
        foreach (var (row, owner) in wanted.Select(conflict => (conflict.Row, conflict.Owner)))
        {
            var (isBill, ledger) = (row.Payment is null, known.GetValueOrDefault(owner));
            if (
                ledger is not null
                && (
                    isBill
                        ? ledger.FindBill(new BillId(row.Id)) is { Charges.IsZero: false }
                        : ledger.Holds(new PaymentId(row.Id))
                )
            )
            {
                throw new RefusedException(
                    $"{(isBill ? "Bill" : "Payment")} {row.Id} is of account {owner}: "
                        + $"{(isBill ? "adjust it to zero" : "reverse it")} there first, "
                        + "or discard the row."
                );
            }

            if (!isBill && await suspense.FindAsync(owner.Value, new PaymentId(row.Id), cancel) is { ReversedBy: null })
            {
                throw new RefusedException(
                    $"Payment {row.Id} came for account {owner} and is or was in suspense: assign or discard it "
                        + "there, or discard the row."
                );
            }

            await register.MoveAsync(isBill ? IdKind.Bill : IdKind.Payment, new IdClaim(row.Id, row.Account), cancel);
        }
    }

    /// <summary>
    /// A payment that a person has moved bounces where it is by now: its reversal goes there, though its file names the
    /// first account (R5).
    /// </summary>
    public async Task<List<ImportRow>> FollowMovesAsync(ImportKind kind, List<ImportRow> rows, CancellationToken cancel)
    {
        if (kind.FileFormat.Names != ImportedItem.Payment)
        {
            return rows;
        }

        var owners = await register.ClaimAsync(
            IdKind.Payment,
            [.. rows.Select(row => new IdClaim(row.Id, row.Account)).DistinctBy(claim => claim.Id)],
            cancel
        );
        var elsewhere = rows.Where(row => owners.TryGetValue(row.Id, out var owner) && owner != row.Account).ToList();
        var known = await LoadAsync(elsewhere.SelectMany(row => new[] { row.Account, owners[row.Id] }), cancel);
        return
        [
            .. rows.Select(row =>
                elsewhere.Contains(row) && HasGiven(known, row, owners[row.Id])
                    ? row with
                    {
                        Account = owners[row.Id],
                    }
                    : row
            ),
        ];
    }

    private static bool HasGiven(Dictionary<AccountId, AccountLedger> known, ImportRow row, AccountId owner) =>
        known.TryGetValue(row.Account, out var first)
        && first.Funds.Any(funds => funds.Id.Value == row.Id)
        && !first.Holds(new PaymentId(row.Id))
        && known.TryGetValue(owner, out var now)
        && now.Holds(new PaymentId(row.Id));

    /// <summary>Which of these accounts have a ledger.</summary>
    public async Task<IReadOnlySet<AccountId>> KnownAsync(IEnumerable<AccountId> accounts, CancellationToken cancel) =>
        (await LoadAsync(accounts, cancel)).Keys.ToHashSet();

    /// <summary>Puts the conflicts before a person; again changes nothing.</summary>
    public async Task<ImportRecord> NoteAsync(
        ImportRecord record,
        IReadOnlyList<ConflictingRow> conflicts,
        CancellationToken cancel
    )
    {
        var known = await LoadAsync(
            conflicts.SelectMany(conflict => new[] { conflict.Row.Account, conflict.Owner }),
            cancel
        );
        var targets = conflicts.Select(conflict => (Conflict: conflict, Target: TargetOf(conflict, known))).ToList();
        foreach (
            var chunk in targets
                .Where(item => item.Target is not null)
                .GroupBy(item => item.Target!.Value)
                .GroupBy(account => Bucket.Of(account.Key))
                .SelectMany(bucket => bucket.Chunk(AccountsPerSave))
        )
        {
            await WriteAsync(
                record,
                [.. chunk.Select(account => (account.Key, account.Select(item => item.Conflict).ToList()))],
                cancel
            );
        }

        var nobodys = targets
            .Where(item => item.Target is null)
            .Select(item => item.Conflict.Row.ToWaiting(record, WaitingFor.Person, Reason(item.Conflict)))
            .ToList();
        await waiting.PutAsync(nobodys, cancel);
        return targets
            .Where(item => item.Target is not null)
            .Select(item => item.Conflict)
            .Aggregate(
                record.WithSetAside(nobodys),
                (sum, conflict) => sum.WithConflicts([conflict.Row], Reason(conflict))
            );
    }

    private async Task WriteAsync(
        ImportRecord record,
        IReadOnlyList<(AccountId Account, List<ConflictingRow> Conflicts)> accounts,
        CancellationToken cancel
    )
    {
        var bucket = Bucket.Of(accounts[0].Account);
        var entries = (
            await books.Ledgers.LoadManyAsync(bucket, [.. accounts.Select(account => account.Account)], cancel)
        ).ToDictionary(entry => entry.Ledger.Id);
        var scope = new WriteScope(
            bucket,
            (await books.Controls.LoadRecentAsync(cancel)).Controls,
            record.Arrival with
            {
                At = books.Clock.Now.Utc,
            }
        );
        await books.Writer.WriteAsync(
            scope,
            [
                .. accounts.Select(account => new AccountWork(
                    entries[account.Account],
                    [.. account.Conflicts.Select(conflict => Note(conflict, account.Account, record))]
                )),
            ],
            cancel
        );
    }

    private static Func<Moment, LedgerCommand> Note(ConflictingRow conflict, AccountId target, ImportRecord record)
    {
        var (content, other) = (
            RowContent.Of(conflict.Row),
            target == conflict.Owner ? conflict.Row.Account : conflict.Owner
        );
        return now => new NoteConflict(content.Bill, content.Payment, other, now) { Source = record.Id };
    }

    // The bill's debit waits where the bill is; the money's debits wait where it is wanted. Null: nobody's debit can
    // wait.
    private static AccountId? TargetOf(ConflictingRow conflict, Dictionary<AccountId, AccountLedger> known)
    {
        var isBill = conflict.Row.Payment is null;
        return isBill && Has(known.GetValueOrDefault(conflict.Owner), conflict.Row) ? conflict.Owner
            : known.ContainsKey(conflict.Row.Account) ? conflict.Row.Account
            : null;
    }

    // In the same file nobody has it yet: the first row of the file will. A bill whose first owner is not ours goes to
    // the account that is; money that left suspense for this very account, or was taken back, is no conflict.
    private async Task<bool> IsFreeAsync(
        IdKind kind,
        ConflictingRow suspect,
        bool isInFileTwice,
        Dictionary<AccountId, AccountLedger> known,
        CancellationToken cancel
    )
    {
        if (
            known.TryGetValue(suspect.Owner, out var owner)
            && (isInFileTwice || Has(owner, suspect.Row) || await HasHadAsync(suspect, cancel))
        )
        {
            return false;
        }

        if (kind == IdKind.Payment)
        {
            var other = await suspense.FindAsync(suspect.Owner.Value, new PaymentId(suspect.Row.Id), cancel);
            if (other is null ? isInFileTwice : other.ReversedBy is null && other.AssignedTo != suspect.Row.Account)
            {
                return false;
            }
        }

        if (known.ContainsKey(suspect.Row.Account))
        {
            await register.MoveAsync(kind, new IdClaim(suspect.Row.Id, suspect.Row.Account), cancel);
        }

        return true;
    }

    // A file that was set aside before it was applied may have claimed the id for it. What has left the ledger long ago
    // is still its own.
    private async Task<bool> HasHadAsync(ConflictingRow suspect, CancellationToken cancel) =>
        await books
            .Ledgers.ReadHistoryAsync(suspect.Owner, cancel)
            .AnyAsync(
                row =>
                    row.Events.Any(happened =>
                        happened switch
                        {
                            BillOpened opened => suspect.Row.Payment is null && opened.Bill.Id.Value == suspect.Row.Id,
                            FundsReceived received => suspect.Row.Payment is not null
                                && received.Funds.Id.Value == suspect.Row.Id,
                            _ => false,
                        }
                    ),
                cancel
            );

    private async Task<Dictionary<AccountId, AccountLedger>> LoadAsync(
        IEnumerable<AccountId> accounts,
        CancellationToken cancel
    )
    {
        Dictionary<AccountId, AccountLedger> known = [];
        foreach (
            var chunk in accounts
                .Distinct()
                .GroupBy(Bucket.Of)
                .SelectMany(bucket =>
                    bucket.Chunk(AccountsPerSave).Select(part => (Bucket: bucket.Key, Accounts: part))
                )
        )
        {
            foreach (var entry in await books.Ledgers.LoadManyAsync(chunk.Bucket, chunk.Accounts, cancel))
            {
                known[entry.Ledger.Id] = entry.Ledger;
            }
        }

        return known;
    }

    // Of what was moved away only the same again is its ledger's matter: that is decided.
    private static bool Has(AccountLedger? ledger, ImportRow row)
    {
        var content = RowContent.Of(row);
        return ledger is not null
            && (
                content.Bill is { } bill
                    ? ledger.Holds(bill.Id)
                        || (ledger.FindBill(bill.Id) is { } known && Versions.Of(known) == Versions.Of(bill))
                    : ledger.Funds.Any(funds =>
                        funds.Id.Value == row.Id
                        && (ledger.Holds(funds.Id) || Versions.Of(funds) == Versions.Of(content.Payment!))
                    )
            );
    }

    private static string Reason(ConflictingRow conflict) =>
        $"the same {(conflict.Row.Payment is null ? "bill" : "payment")} {conflict.Row.Id} is of account "
        + $"{conflict.Owner}: not taken, a person decides";
}
