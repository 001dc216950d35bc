using Autopay.Domain.PublicStatus;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>What residents read on a day, after what finance did on others.</summary>
internal static class PublicBoard
{
    public static readonly CycleNumber One = new(1);
    public static readonly CycleNumber Two = new(2);

    // The sample city: a hold, a waiver, five shielded days, and a merge of cycles 1 and 2.
    public static readonly Controls Outage = After(
        new Controls(),
        ("2020-01-21", Hold("outage", "2020-01-22", "2020-02-05", 1, 2)),
        (
            "2020-01-27",
            new DisconnectShielded("s", [.. new[] { "2020-01-29", "2020-02-05", "2020-02-12" }.Select(Day)])
        ),
        (
            "2020-02-13",
            new PenaltyWaived("w", Day("2020-01-15"), Day("2020-02-12"), Day("2020-01-22"), Day("2020-02-19"))
        )
    );

    public static CityCalendar Calendar => Fixtures.Ledger.AccountScenario.City;

    public static CycleStatus Cycle(CityStatus status, int cycle) =>
        status.Cycles.Single(it => it.Cycle.Value == cycle);

    public static (WhatNext, DateOnly?, bool) Next(CityStatus status, int cycle) =>
        (Cycle(status, cycle).WhatNext, Cycle(status, cycle).NextDate, Cycle(status, cycle).Held);

    public static CityStatus Of(Controls controls, string day) =>
        StatusBoard.Of(controls, [One, new CycleNumber(3)], Calendar, At(day, "09:00"));

    public static Controls After(Controls controls, params (string On, ControlChange Change)[] changes) =>
        changes.Aggregate(
            controls,
            (now, it) =>
                now.Change(it.Change, new Authority("finance", "because of the outage", At(it.On, "08:00").Utc))
        );

    public static DeferralDeclared Hold(string id, string from, string to, params int[] cycles) =>
        new(
            new DeferralId(id),
            [.. cycles.Select(cycle => new CycleNumber(cycle))],
            Day(from),
            Day(to),
            DeferralAction.Hold,
            null
        );

    public static PublicNoticeRecorded PublicNotice(string published, string? debitsFrom) =>
        new(
            "N-1",
            [One],
            Day("2020-01-22"),
            Day("2020-02-05"),
            Day(published),
            debitsFrom is null ? null : Day(debitsFrom),
            CoversAmounts: true,
            "the press",
            "the web site"
        );

    public static Controls Released(
        Controls controls,
        string on,
        string startAt,
        int lastWave = 1,
        string id = "R-1"
    ) => After(controls, (on, new CycleReleased(Terms(controls, startAt) with { Id = id, LastWave = lastWave })));

    public static ReleaseTerms Terms(Controls controls, string startAt) =>
        new("R-1", One, "hash", 1, new Money(100))
        {
            LastWave = 1,
            StartAt = At(startAt, "06:00").Utc,
            ClearedAt = controls.ClearedAt(One),
        };
}
