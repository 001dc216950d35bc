using Autopay.Application.Ledgers;

namespace Autopay.Pages.Accounts;

/// <summary>One act, on a page of its own.</summary>
public sealed record ActModel(AccountView View, AccountAct Act)
{
    public AccountLedger Ledger => View.Ledger;

    public Money Cents => Act.Cents ?? Money.Zero;
}
