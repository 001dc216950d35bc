using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;

namespace Autopay.Application.Waiting;

/// <summary>
/// A person decides what to do with a row that contradicts what is stored: take it, or keep what is stored (R29, R31).
/// What belongs to two accounts is moved in steps that can each be repeated; until the last one the debit that waits
/// goes on waiting.
/// </summary>
public sealed class DecideCorrection(
    ILedgerStore ledgers,
    ISuspenseStore suspense,
    IIdRegister register,
    SuspenseRows suspended,
    ChangeAccount change,
    FollowEarlyRows follow
)
{
    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">Nothing waits under that id, or the other account cannot give or take
    /// it.</exception>
    /// <exception cref="ChangedMeanwhileException">The account is of another version than expected. What moves between
    /// two accounts is asked only before its first step: begun, it is finished.</exception>
    public async Task<AccountResult?> TakeAsync(
        AccountId account,
        CorrectedItem item,
        string id,
        Authority authority,
        CancellationToken cancel,
        long? expectedVersion = null
    )
    {
        if (await ledgers.LoadAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        if (entry.Ledger.FindCorrection(item, id) is { Other: { } other } conflict)
        {
            expectedVersion = null;
            await (
                conflict switch
                {
                    { Bill: { } bill } when entry.Ledger.Holds(bill.Id) => GiveBillAsync(
                        bill with
                        {
                            MovedFrom = account,
                        },
                        other,
                        authority,
                        cancel
                    ),
                    { Bill: { } bill } => TakeBillAsync(bill.Id, account, cancel),
                    _ => TakePaymentAsync(new PaymentId(id), other, account, authority, cancel),
                }
            );
        }

        var taken = await change.RunAsync(
            account,
            now => new TakeCorrection(item, id, authority.Why, now),
            authority,
            cancel,
            expectedVersion
        );
        return taken is null ? null : await follow.RunAsync(taken.Entry.Ledger, authority, cancel) ?? taken;
    }

    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">Nothing waits under that id, or it is half-way to the other account
    /// already.</exception>
    /// <exception cref="ChangedMeanwhileException">The account is of another version than expected.</exception>
    public async Task<AccountResult?> KeepAsync(
        AccountId account,
        CorrectedItem item,
        string id,
        Authority authority,
        CancellationToken cancel,
        long? expectedVersion = null
    )
    {
        if (await ledgers.LoadAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        if (
            entry.Ledger.FindCorrection(item, id) is { Other: { } other } conflict
            && await HasBegunAsync(entry.Ledger, conflict, other, cancel)
        )
        {
            throw new RefusedException(
                $"{item} {id} is on its way between account {account} and account {other} already: take it again, "
                    + "then it arrives."
            );
        }

        return await change.RunAsync(
            account,
            now => new KeepStored(item, id, authority.Why, now),
            authority,
            cancel,
            expectedVersion
        );
    }

    // There first: between the two steps the debit here waits for a person, so nothing is collected twice.
    private async Task GiveBillAsync(Bill bill, AccountId other, Authority authority, CancellationToken cancel)
    {
        _ =
            await change.RunAsync(other, now => new ImportBill(bill, now), authority, cancel)
            ?? throw new RefusedException(
                $"Account {other} is not known: bill {bill.Id} can be moved there when an accounts file has brought it."
            );
        await register.MoveAsync(IdKind.Bill, new IdClaim(bill.Id.Value, other), cancel);
    }

    // While it waited, the bill may have come to another account: then it is asked for there.
    private async Task TakeBillAsync(BillId bill, AccountId account, CancellationToken cancel)
    {
        var claim = new IdClaim(bill.Value, account);
        var owner = await OwnerAsync(IdKind.Bill, claim, cancel);
        if (owner != account && (await ledgers.LoadAsync(owner, cancel))?.Ledger.Holds(bill) == true)
        {
            throw new RefusedException(
                $"Bill {bill} is of account {owner} by now: keep what is stored here, and adjust it there."
            );
        }

        await register.MoveAsync(IdKind.Bill, claim, cancel);
    }

    // The id first: it says whether the move has begun. Whoever has the payment by now gives it.
    private async Task TakePaymentAsync(
        PaymentId payment,
        AccountId other,
        AccountId account,
        Authority authority,
        CancellationToken cancel
    )
    {
        var claim = new IdClaim(payment.Value, account);
        var from = await OwnerAsync(IdKind.Payment, claim, cancel) is var owner && owner == account ? other : owner;
        await register.MoveAsync(IdKind.Payment, claim, cancel);
        try
        {
            await ReverseAsync(payment, from, $"moved to account {account}: {authority.Why}", authority, cancel);
        }
        catch (RefusedException)
        {
            await register.MoveAsync(IdKind.Payment, claim with { Account = from }, cancel);
            throw;
        }
    }

    private async Task ReverseAsync(
        PaymentId payment,
        AccountId from,
        string why,
        Authority authority,
        CancellationToken cancel
    )
    {
        if (await suspense.FindAsync(from.Value, payment, cancel) is not null)
        {
            await suspended.ReverseAsync(from, payment, why, authority, cancel);
        }
        else if ((await ledgers.LoadAsync(from, cancel))?.Ledger.Holds(payment) == true)
        {
            await change.RunAsync(from, now => new ReversePayment(payment, why, now), authority, cancel);
        }
    }

    private async Task<bool> HasBegunAsync(
        AccountLedger ledger,
        Correction conflict,
        AccountId other,
        CancellationToken cancel
    ) =>
        conflict.Bill is { } bill
            ? ledger.Holds(bill.Id) && (await ledgers.LoadAsync(other, cancel))?.Ledger.Holds(bill.Id) == true
            : await OwnerAsync(IdKind.Payment, new IdClaim(conflict.Id, ledger.Id), cancel) == ledger.Id;

    private async Task<AccountId> OwnerAsync(IdKind kind, IdClaim claim, CancellationToken cancel) =>
        (await register.ClaimAsync(kind, [claim], cancel)).TryGetValue(claim.Id, out var owner) ? owner : claim.Account;
}
