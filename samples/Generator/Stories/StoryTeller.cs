using Autopay.Samples.Generator.Accounts;

namespace Autopay.Samples.Generator.Stories;

/// <summary>From a story to what happens in a life.</summary>
internal static class StoryTeller
{
    public static void Tell(Story story, Life life)
    {
        switch (story)
        {
            case Story.AutopayOff:
                CounterStories.AutopayOff(life);
                break;
            case Story.SwitchedOff:
                PeopleStories.SwitchedOff(life);
                break;
            case Story.Skipped:
                PeopleStories.Skipped(life);
                break;
            case Story.OverCap:
                PeopleStories.OverCap(life);
                break;
            case Story.Adjusted:
                BillingStories.Adjusted(life);
                break;
            case Story.BilledTooLow:
                BillingStories.BilledTooLow(life);
                break;
            case Story.BouncedCheck:
                CounterStories.BouncedCheck(life);
                break;
            default:
                PaidOrFailed(story, life);
                break;
        }
    }

    /// <summary>A failing payment method never pays in the end, so its debits leave no trace in the books.</summary>
    private static void PaidOrFailed(Story story, Life life)
    {
        life.Debit(_ => Enrolment.FailingMethod(story) is null);
        if (CounterStories.Amount(story, life) is { } cents)
        {
            CounterStories.Pay(life, cents, late: story is Story.PaidLate);
        }
    }
}
