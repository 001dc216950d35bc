using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Releasing;

/// <summary>What an exemption would do, before anybody asks for it.</summary>
/// <param name="Version">Of the account: what the change then expects.</param>
/// <param name="TakesTwo">Another person has to agree.</param>
public sealed record PreviewOfExemption(long Version, bool TakesTwo, ExemptionPreview Preview, DebitCount InFlight);

/// <summary>Looks at one account, by the rules that the exemption goes by, and changes nothing.</summary>
public sealed class PreviewExemption(ILedgerStore ledgers, IControlsStore store, CityClock clock)
{
    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="RefusedException">The exemption would be refused.</exception>
    public async Task<PreviewOfExemption?> RunAsync(
        AccountId account,
        BillId bill,
        DeferralId deferral,
        bool on,
        CancellationToken cancel
    )
    {
        if (await ledgers.LoadAsync(account, cancel) is not { Ledger: var ledger })
        {
            return null;
        }

        var controls = (await store.LoadAsync(cancel)).Controls;
        var wanted = new ExemptBill(bill, deferral, on, "Preview", clock.Now);
        var takesTwo = ExemptHeldBill.AgreedOf(ledger, wanted, controls) is not null;
        var preview = ExemptionPreview.Of(ledger, wanted, controls, clock.City, takesTwo);
        var inFlight = ledger.BillOf(bill).InFlight;
        return new PreviewOfExemption(
            ledger.Operations,
            takesTwo,
            preview,
            inFlight.IsZero ? default : new DebitCount(1, inFlight.Cents)
        );
    }
}
