namespace Autopay.Samples.Generator.Stories;

/// <summary>Draws a story by its share.</summary>
internal sealed class StoryPicker(StoryShares shares)
{
    private readonly (Story Story, double Share)[] _shares =
    [
        (Story.PaidInFull, shares.PaidInFull),
        (Story.PaidInPart, shares.PaidInPart),
        (Story.Overpaid, shares.Overpaid),
        (Story.PaidLate, shares.PaidLate),
        (Story.BouncedCheck, shares.BouncedCheck),
        (Story.SmallRemainder, shares.SmallRemainder),
        (Story.AutopayOff, shares.AutopayOff),
        (Story.SwitchedOff, shares.SwitchedOff),
        (Story.Skipped, shares.Skipped),
        (Story.OverCap, shares.OverCap),
        (Story.InsufficientFunds, shares.InsufficientFunds),
        (Story.AccountClosed, shares.AccountClosed),
        (Story.NoAccount, shares.NoAccount),
        (Story.NotAuthorized, shares.NotAuthorized),
        (Story.Disputed, shares.Disputed),
        (Story.Adjusted, shares.Adjusted),
        (Story.BilledTooLow, shares.BilledTooLow),
    ];

    public Story Next(Random random)
    {
        var left = random.NextDouble();
        foreach (var (story, share) in _shares)
        {
            left -= share;
            if (left < 0)
            {
                return story;
            }
        }

        return Story.Plain;
    }
}
