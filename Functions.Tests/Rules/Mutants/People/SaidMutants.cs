namespace Autopay.Tests.Rules.Mutants;

/// <summary>What a customer is told or charged with for what the city did itself.</summary>
internal static class SaidMutants
{
    private const string City = "Functions/Domain/Protections/CityActions.cs";
    private const string Clock = "Functions/Domain/Protections/PenaltyClock.cs";
    private const string Noticing = "Functions/Domain/Deciding/Charges/Noticing.cs";
    private const string Restart = "R42RestartTests";
    private const string Ways = "R44WaysTests";

    public static IReadOnlyList<Mutant> All { get; } = [.. GivenBack, .. Telling, .. Explaining];

    private static IEnumerable<Mutant> GivenBack =>
        [
            new(
                "R42: what a person opened again is late at once",
                City,
                "it.Bill.Blocked is { } block && !IsByTheCustomersNo(it, block)",
                "it.Bill.Blocked is { Import: not null } block && !IsByTheCustomersNo(it, block)",
                Restart
            ),
            new(
                "R42: what the city gave back is the customer's to pay at once",
                City,
                "&& !it.GivenBack.Any(given => given.On >= no.On)",
                "",
                Restart
            ),
            new(
                "R42: what a person has cancelled waits for the city for ever",
                City,
                "&& !HasSpoken(it, block)",
                "",
                Restart
            ),
            new(
                "R42: what was given back has no grace",
                Clock,
                "return opened.Length == 0 ? clock : Of(it, [.. ends, .. opened]);",
                "return opened.Length < 99 ? clock : Of(it, [.. ends, .. opened]);",
                Restart
            ),
            new(
                "R42: a refund forgives what was paid too late",
                Clock,
                "!(given.SentOn > clock.PenaltyDate)",
                "!(given.SentOn > clock.PenaltyDate.AddDays(400))",
                Restart
            ),
        ];

    private static IEnumerable<Mutant> Telling =>
        [
            new(
                "R44: a reminder names a day on which nothing can leave",
                Noticing,
                "controls.Policies.NoticeClock == NoticeClockMode.Enforce ? NoticeClock.EarliestDay(",
                "controls.Policies.NoticeClock == NoticeClockMode.Off ? NoticeClock.EarliestDay(",
                Ways
            ),
            new(
                "R44: a bounce of nothing is taken",
                Noticing,
                "if (command.IsBounce &&",
                "if (!command.IsBounce &&",
                Ways
            ),
            new(
                "R20: nobody is told of what the bank took back",
                Noticing,
                "(debit.BankReturn?.On ?? RefusedOn(debit)) == day",
                "RefusedOn(debit) == day",
                Ways
            ),
            new(
                "R44: what the debit does not take has told of it",
                "Functions/Domain/Notices/NoticeClock.cs",
                "Money.Min(newest.Max(PreviousOf), others)",
                "Money.Max(newest.Max(PreviousOf), others)",
                "R44NoticeTests"
            ),
            new(
                "A public notice of long ago makes a day lawful",
                "Functions/Domain/PublicStatus/CycleControls.cs",
                "|| told.Day <= NoticeClock.LastDayOf(from)",
                "|| told.Day >= from",
                "StatusBoardTests"
            ),
            new(
                "Residents read a day on which something has left already",
                "Functions/Domain/PublicStatus/StatusBoard.cs",
                "releases.Where(it => it.IsLive || it.IsReplaced).Min(",
                "releases.Where(it => it.IsLive).Min(",
                "StatusBoardTests"
            ),
            new(
                "A shield of a cycle without a name is kept from residents",
                "Functions/Domain/PublicStatus/StatusBoard.cs",
                ".Concat(controls.Shields.Where(it => it.IsInForce).SelectMany(shield => shield.Cycles))",
                "",
                "StatusBoardTests"
            ),
        ];

    private static IEnumerable<Mutant> Explaining =>
        [
            new(
                "Whoever paid before the debit is told to have paid after it",
                "Functions/Application/Explaining/PaidTwiceSentences.cs",
                "twice.Payment.ReceivedOn < sentOn",
                "twice.Payment.ReceivedOn > sentOn",
                "CollectedTests"
            ),
            new(
                "What is to come was sent",
                "Functions/Application/Explaining/DaySentences.cs",
                "explanation.Days.Submitted is null",
                "explanation.Days.Submitted is not null",
                "NotSentTests"
            ),
        ];
}
