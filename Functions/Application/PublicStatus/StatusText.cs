using System.Globalization;
using Autopay.Application.Texts;
using Autopay.Domain.PublicStatus;

namespace Autopay.Application.PublicStatus;

/// <summary>The sentences of the public status in one language.</summary>
public static class StatusText
{
    /// <summary>What holds for the whole city.</summary>
    /// <param name="age">How old it is.</param>
    public static IReadOnlyList<Sentence> OfCity(
        CityStatus status,
        TimeSpan age,
        StatusOptions options,
        CityCalendar city,
        Words words
    ) =>
        [
            .. Age(age, words),
            .. ChargedTwice(status, options, words),
            .. status.Cycles.Count > 0 ? [] : new[] { WithoutCycles(status, city, words) },
            words.Say(Phrase.StatusOnceOnly),
            .. options.Phone.Length == 0 ? [] : new[] { words.Say(Phrase.StatusQuestions, ("phone", options.Phone)) },
        ];

    public static IReadOnlyList<Sentence> OfCycle(
        CycleStatus cycle,
        CityStatus status,
        CityCalendar city,
        Words words
    ) =>
        [
            .. cycle.WhatNext == WhatNext.Halted
                ? [words.Say(Phrase.StatusHalted, ("date", words.Day(city.At(status.NextUpdateBy).Today)))]
                : Array.Empty<Sentence>(),
            .. Windows(cycle, words),
            .. Next(cycle, words),
            .. cycle.PenaltiesWaived.Select(window =>
                Between(window.DueFrom, window.DueTo, Phrase.StatusNoLateFee, Phrase.StatusNoLateFeeOneDay, words)
            ),
            .. ShutOffs(cycle.DisconnectsOff, words),
            .. cycle.WhatNext == WhatNext.Normal
                ? []
                : new[] { words.Say(Phrase.StatusPaidAtCounter), words.Say(Phrase.StatusNothingToDo) },
        ];

    // A city that names no cycles and holds none is told the same as one cycle would be.
    private static Sentence WithoutCycles(CityStatus status, CityCalendar city, Words words) =>
        status.IsHalted
            ? words.Say(Phrase.StatusHalted, ("date", words.Day(city.At(status.NextUpdateBy).Today)))
            : words.Say(Phrase.StatusNormal);

    private static IEnumerable<Sentence> Age(TimeSpan age, Words words)
    {
        var (minutes, hours) = ((int)age.TotalMinutes, (int)age.TotalHours);
        if (hours > 1)
        {
            yield return words.Say(Phrase.StatusHoursOld, ("hours", hours.ToString(CultureInfo.InvariantCulture)));
        }
        else if (minutes > 1)
        {
            yield return words.Say(
                Phrase.StatusMinutesOld,
                ("minutes", minutes.ToString(CultureInfo.InvariantCulture))
            );
        }
    }

    // That all payments are stopped is said as long as it is true.
    private static IEnumerable<Sentence> ChargedTwice(CityStatus status, StatusOptions options, Words words)
    {
        if (status.ChargedTwice is not { } told)
        {
            yield break;
        }

        yield return words.Say(
            status.IsHalted ? Phrase.ChargedTwice : Phrase.ChargedTwiceGoingOn,
            ("date", words.Day(told.On)),
            ("n", options.MoneyBackShownWithinDays.ToString(CultureInfo.InvariantCulture))
        );
        if (options is { PaysBankFees: true, Phone.Length: > 0 })
        {
            yield return words.Say(Phrase.ChargedTwiceFee, ("phone", options.Phone));
        }
    }

    private static IEnumerable<Sentence> Windows(CycleStatus cycle, Words words) =>
        cycle.Windows.Select(window =>
            window.Action == DeferralAction.Hold
                ? Between(window.DueFrom, window.DueTo, Phrase.StatusOnHold, Phrase.StatusOnHoldOneDay, words)
                : Between(window.DueFrom, window.DueTo, Phrase.StatusJoined, Phrase.StatusJoinedOneDay, words)
        );

    private static IEnumerable<Sentence> Next(CycleStatus cycle, Words words) =>
        cycle switch
        {
            { WhatNext: WhatNext.AfterBacklogClears, ExpectedClearBy: { } by } =>
            [
                words.Say(Phrase.StatusExpectedBy, ("date", words.Day(by))),
            ],
            { WhatNext: WhatNext.AfterRelease, NextDate: { } date } =>
            [
                words.Say(Phrase.StatusAskedToRelease, ("date", words.Day(date))),
            ],
            { WhatNext: WhatNext.AfterRelease } => [words.Say(Phrase.StatusAfterRelease)],
            { WhatNext: WhatNext.BeingTaken, NextDate: { } date } =>
            [
                words.Say(Phrase.StatusBeingTaken, ("date", words.Day(date))),
            ],
            { WhatNext: WhatNext.Normal } => [words.Say(Phrase.StatusNormal)],
            _ => [],
        };

    private static IEnumerable<Sentence> ShutOffs(IReadOnlyList<DateOnly> days, Words words) =>
        days.Count switch
        {
            0 => [],
            1 => [words.Say(Phrase.StatusNoShutOffOneDay, ("date", words.Day(days[0])))],
            _ => [words.Say(Phrase.StatusNoShutOff, ("dates", words.Days(days)))],
        };

    private static Sentence Between(DateOnly from, DateOnly to, Phrase window, Phrase oneDay, Words words) =>
        from == to
            ? words.Say(oneDay, ("date", words.Day(from)))
            : words.Say(window, ("from", words.Day(from)), ("to", words.Day(to)));
}
