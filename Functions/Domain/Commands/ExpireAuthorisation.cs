namespace Autopay.Domain.Commands;

/// <summary>How an account was charged is forgotten, when its time is over; otherwise nothing happens.</summary>
public sealed record ExpireAuthorisation(Moment Now) : LedgerCommand(Now)
{
    internal override void Decide(Draft draft)
    {
        var keep = draft.Policies.KeepAuthorisationsDays;
        if (draft.Ledger.KnowsMeans && draft.Ledger.IsAuthorisationOver(draft.Today, keep))
        {
            draft.Emit(
                new AuthorisationExpired(
                    draft.Ledger.LastOff!.On,
                    "Autopay ended long ago: its payment method, mandate and e-mail address are not kept any longer"
                )
            );
        }
    }
}
