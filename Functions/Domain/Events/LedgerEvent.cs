namespace Autopay.Domain.Events;

/// <summary>Something that happened to an account, with a reason that a person can read.</summary>
/// <remarks>The stored discriminator is the type's name: renaming an event renames what is stored.</remarks>
public abstract record LedgerEvent(string Reason)
{
    /// <summary>What people call it in an account's history; debits are numbered within their account.</summary>
    public abstract string Title();

    /// <summary>False of a step between us and the provider, which tells a customer nothing.</summary>
    public virtual bool IsForTheCustomer() => true;

    /// <summary>The ledger as the event leaves it.</summary>
    /// <exception cref="InvalidOperationException">The event contradicts the ledger: a bug of ours.</exception>
    internal abstract AccountLedger ApplyTo(AccountLedger ledger);

    protected static string NumberOf(DebitId debit) => $"#{debit.Sequence}";
}
