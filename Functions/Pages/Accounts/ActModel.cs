using Autopay.Application.Ledgers;
using Autopay.Application.Releasing;

namespace Autopay.Pages.Accounts;

/// <summary>One act, on a page of its own.</summary>
/// <param name="Exemption">What an act of that kind would do; null of every other one.</param>
public sealed record ActModel(AccountView View, AccountAct Act, PreviewOfExemption? Exemption = null)
{
    public AccountLedger Ledger => View.Ledger;

    public Money Cents => Act.Cents ?? Money.Zero;

    /// <summary>Where the form leads: what waits for another person is told by the account, and is in no story yet.
    /// </summary>
    public string Then => PageLinks.Account(Ledger.Id) + (Exemption?.TakesTwo == true ? "" : "?acted=true");
}
