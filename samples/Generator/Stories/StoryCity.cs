using Autopay.Samples.Generator.Accounts;
using Autopay.Samples.Generator.Bills;
using Autopay.Samples.Generator.Files;
using Autopay.Samples.Generator.Outages;

namespace Autopay.Samples.Generator.Stories;

/// <summary>
/// Four cycles, several months, an outage in the middle, and accounts that each live a story of their own.
/// </summary>
internal static class StoryCity
{
    // The last debit and its retries are answered within 42 days of submission; the last hold is cleared on Feb 28.
    private static readonly DateOnly LastRelease = DateOnly.FromDateTime(Outage.Resumed);
    private const int DaysToTheLastAnswer = 45;

    public static City Generate(CityOptions options)
    {
        var city = new CityDraft(
            new TimelineText(options.Name, start: new(2020, 1, 1), End(options)),
            new Random(options.Seed)
        );
        OutageSteps.AddTo(city.Timeline);
        var picker = new StoryPicker(options.Shares);
        for (var number = 1; number <= options.Accounts; number++)
        {
            MoveIn(
                city,
                new(number, Cycle: 1 + ((number - 1) % BillingCalendar.Cycles)),
                picker.Next(city.Random),
                options.Months
            );
        }

        if (options.Shares.Strays)
        {
            Strays.AddTo(city, options.Accounts);
        }

        return new(options.Name, city.Files(), city.Timeline.ToJson(Enumerable.Range(1, BillingCalendar.Cycles)));
    }

    private static void MoveIn(CityDraft city, Account newcomer, Story story, int months)
    {
        long[] charges = [.. Enumerable.Range(0, months).Select(_ => Charges.Next(city.Random))];
        var account = Enrolment.For(newcomer, story, city, charges[0]);
        var bills = charges.Select(
            (cents, month) => new Bill(account, BillingCalendar.Due(account.Cycle, month), cents)
        );
        var life = new Life(city, account, [.. bills]);
        city.Accounts().Add(account);
        StoryTeller.Tell(story, life);
        life.Play();
    }

    private static DateOnly End(CityOptions options)
    {
        var lastDue = BillingCalendar.Due(cycle: 3, options.Months - 1);
        return (lastDue > LastRelease ? lastDue : LastRelease).AddDays(DaysToTheLastAnswer);
    }
}
