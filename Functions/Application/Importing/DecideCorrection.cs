using Autopay.Application.Ports;

namespace Autopay.Application;

/// <summary>
/// A person decides what to do with a row that contradicts what is stored: take it, or keep what is stored (R29, R31). What belongs to two
/// accounts is moved in steps that can each be repeated; until the last one the debit that waits goes on waiting.
/// </summary>
public sealed class DecideCorrection(ILedgerStore ledgers, ISuspenseStore suspense, IIdRegister register, SuspendedRows suspended, ChangeAccount change)
{
    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">Nothing waits under that id, or the other account cannot give or take it.</exception>
    public async Task<AccountResult?> TakeAsync(AccountId account, CorrectedItem item, string id, Authority authority, CancellationToken cancel)
    {
        if (await ledgers.LoadAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        if (entry.Ledger.FindCorrection(item, id) is { Other: { } other } conflict)
        {
            await (conflict switch
            {
                { Bill: { } bill } when entry.Ledger.FindBill(bill.Id) is not null => GiveBillAsync(bill, other, authority, cancel),
                { Bill: not null } => register.MoveAsync(IdKind.Bill, new IdClaim(id, account), cancel),
                _ => TakePaymentAsync(new PaymentId(id), other, account, authority, cancel),
            });
        }

        return await change.RunAsync(account, now => new TakeCorrection(item, id, authority.Why, now), authority, cancel);
    }

    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">Nothing waits under that id, or it is half-way to the other account already.</exception>
    public async Task<AccountResult?> KeepAsync(AccountId account, CorrectedItem item, string id, Authority authority, CancellationToken cancel)
    {
        if (await ledgers.LoadAsync(account, cancel) is not { } entry)
        {
            return null;
        }

        if (entry.Ledger.FindCorrection(item, id) is { Other: { } other } conflict && await HasBegunAsync(entry.Ledger, conflict, other, cancel))
        {
            throw new RefusedException($"{item} {id} is on its way between account {account} and account {other} already: take it again, then it arrives.");
        }

        return await change.RunAsync(account, now => new KeepStored(item, id, authority.Why, now), authority, cancel);
    }

    // There first: between the two steps the debit here waits for a person, so nothing is collected twice.
    private async Task GiveBillAsync(Bill bill, AccountId other, Authority authority, CancellationToken cancel)
    {
        _ = await change.RunAsync(other, now => new ImportBill(bill, now), authority, cancel)
            ?? throw new RefusedException($"Account {other} is not known: bill {bill.Id} can be moved there when an accounts file has brought it.");
        await register.MoveAsync(IdKind.Bill, new IdClaim(bill.Id.Value, other), cancel);
    }

    private async Task TakePaymentAsync(PaymentId payment, AccountId other, AccountId account, Authority authority, CancellationToken cancel)
    {
        var why = $"moved to account {account}: {authority.Why}";
        if (await suspense.FindAsync(other.Value, payment, cancel) is not null)
        {
            await suspended.ReverseAsync(other, payment, why, authority, cancel);
        }
        else
        {
            await change.RunAsync(other, now => new ReversePayment(payment, why, now), authority, cancel);
        }

        await register.MoveAsync(IdKind.Payment, new IdClaim(payment.Value, account), cancel);
    }

    private async Task<bool> HasBegunAsync(AccountLedger ledger, Correction conflict, AccountId other, CancellationToken cancel)
    {
        var theirs = (await ledgers.LoadAsync(other, cancel))?.Ledger;
        if (conflict.Bill is { } bill)
        {
            return ledger.FindBill(bill.Id) is not null && theirs?.FindBill(bill.Id) is not null;
        }

        var payment = conflict.Payment!.Id;
        return await suspense.FindAsync(other.Value, payment, cancel) is { ReversedBy: not null }
            || theirs?.Funds.FirstOrDefault(funds => funds.Id == payment) is { } funds && funds.Reversed == funds.Amount;
    }
}
