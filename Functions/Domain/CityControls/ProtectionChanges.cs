namespace Autopay.Domain.CityControls;

/// <summary>Waivers and shields are declared once by their id, may overlap, and are kept when withdrawn.</summary>
internal static class ProtectionChanges
{
    extension(Controls controls)
    {
        /// <exception cref="RefusedException">The id is taken, or a window ends before it starts.</exception>
        public Controls Waive(PenaltyWaived waived, Authority authority)
        {
            if (controls.FindWaiver(waived.Id) is not null)
            {
                throw new RefusedException($"A waiver '{waived.Id}' was already declared; choose another id.");
            }

            return waived.DueTo < waived.DueFrom || waived.PenaltyTo < waived.PenaltyFrom
                ? throw new RefusedException("A waiver needs two windows whose ends are not before their starts.")
                : controls with
                {
                    Waivers = [.. controls.Waivers, ToWaiver(waived, authority)],
                };
        }

        /// <exception cref="RefusedException">The id is taken, or no date is named.</exception>
        public Controls Shield(DisconnectShielded shielded, Authority authority)
        {
            if (controls.FindShield(shielded.Id) is not null)
            {
                throw new RefusedException($"A shield '{shielded.Id}' was already declared; choose another id.");
            }

            return shielded.Dates.Count == 0
                ? throw new RefusedException("A shield needs at least one date.")
                : controls with
                {
                    Shields = [.. controls.Shields, ToShield(shielded, authority)],
                };
        }

        /// <exception cref="RefusedException">There is no such waiver.</exception>
        public Controls Withdraw(WaiverWithdrawn withdrawn, Authority authority)
        {
            if (controls.FindWaiver(withdrawn.Id) is null)
            {
                throw new RefusedException($"There is no waiver '{withdrawn.Id}'.");
            }

            return controls.Waivers.Any(it => it.Id == withdrawn.Id && it.IsInForce)
                ? controls with
                {
                    Waivers = [.. controls.Waivers.Select(it => it.Id == withdrawn.Id ? Ended(it, authority) : it)],
                }
                : controls;
        }

        /// <exception cref="RefusedException">There is no such shield.</exception>
        public Controls Withdraw(ShieldWithdrawn withdrawn, Authority authority)
        {
            if (controls.FindShield(withdrawn.Id) is null)
            {
                throw new RefusedException($"There is no shield '{withdrawn.Id}'.");
            }

            return controls.Shields.Any(it => it.Id == withdrawn.Id && it.IsInForce)
                ? controls with
                {
                    Shields = [.. controls.Shields.Select(it => it.Id == withdrawn.Id ? Ended(it, authority) : it)],
                }
                : controls;
        }
    }

    private static PenaltyWaiver Ended(PenaltyWaiver waiver, Authority authority) =>
        waiver with
        {
            WithdrawnAt = waiver.WithdrawnAt ?? authority.At,
        };

    private static DisconnectShield Ended(DisconnectShield shield, Authority authority) =>
        shield with
        {
            WithdrawnAt = shield.WithdrawnAt ?? authority.At,
        };

    private static PenaltyWaiver ToWaiver(PenaltyWaived waived, Authority authority) =>
        new(waived.Id, waived.DueFrom, waived.DueTo, waived.PenaltyFrom, waived.PenaltyTo, authority.Why, authority.At)
        {
            Cycles = waived.Cycles,
        };

    private static DisconnectShield ToShield(DisconnectShielded shielded, Authority authority) =>
        new(shielded.Id, shielded.Dates, authority.Why, authority.At) { Cycles = shielded.Cycles };
}
