using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.PublicStatus;
using Autopay.Application.Texts;
using Autopay.Domain.PublicStatus;

namespace Autopay.Triggers.Residents;

/// <summary>The public status as data: codes, and beside them the same in sentences of both languages.</summary>
internal static class StatusView
{
    public static object Of(CityStatus status, IReadOnlyList<CycleName> names, StatusOptions options, CityClock clock)
    {
        var age = clock.Now.Utc - status.AsOf;
        return new
        {
            status.AsOf,
            status.NextUpdateBy,
            ageMinutes = Math.Max(0, (int)age.TotalMinutes),
            halted = status.IsHalted,
            note = status.Note is { } note ? new { en = note.English, es = note.Spanish } : null,
            chargedTwice = status.ChargedTwice is { } told ? new { told.On } : null,
            text = InBoth(words => StatusText.OfCity(status, age, options, clock.City, words)),
            cycles = status.Cycles.Select(cycle =>
                ToView(cycle, status, names.FirstOrDefault(name => name.Cycle == cycle.Cycle.Value), clock)
            ),
        };
    }

    private static object ToView(CycleStatus cycle, CityStatus status, CycleName? name, CityClock clock) =>
        new
        {
            cycle.Cycle,
            name = name?.Name,
            area = name?.Area,
            cycle.Held,
            cycle.Windows,
            cycle.WhatNext,
            cycle.NextDate,
            cycle.ExpectedClearBy,
            cycle.PenaltiesWaived,
            cycle.DisconnectsOff,
            paidAtCounter = "counts",
            status.AsOf,
            status.NextUpdateBy,
            text = InBoth(words => StatusText.OfCycle(cycle, status, clock.City, words)),
        };

    private static object InBoth(Func<Words, IReadOnlyList<Sentence>> tell) =>
        new { en = tell(Words.English), es = tell(Words.Spanish) };
}
