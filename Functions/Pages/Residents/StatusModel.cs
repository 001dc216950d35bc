using Autopay.Application.Finance;
using Autopay.Application.PublicStatus;
using Autopay.Application.Texts;
using Autopay.Domain.PublicStatus;

namespace Autopay.Pages.Residents;

/// <summary>What residents read: the sentences of the status as data, under names that one can look for.</summary>
/// <param name="Names">Of the cycles, as the city's settings have them.</param>
/// <param name="Age">Of the status.</param>
public sealed record StatusModel(
    string City,
    PageWords Words,
    CityStatus Status,
    IReadOnlyList<CycleName> Names,
    StatusOptions Options,
    CityCalendar Calendar,
    TimeSpan Age
)
{
    private Application.Texts.Words Texts => Application.Texts.Words.In(Words.Language);

    /// <summary>What holds for everybody.</summary>
    public IReadOnlyList<Sentence> Sentences => StatusText.OfCity(Status, Age, Options, Calendar, Texts);

    public string? Note => Words.IsSpanish ? Status.Note?.Spanish : Status.Note?.English;

    /// <summary>Areas and their cycles, where the city has named both.</summary>
    public IEnumerable<string> Areas =>
        Names
            .Where(name => name.Area.Length > 0)
            .GroupBy(name => name.Area, name => name.Cycle)
            .Select(area =>
                Words.Of(
                    area.Count() == 1 ? "Residents.AreaOne" : "Residents.AreaMany",
                    ("area", Capital(area.Key)),
                    ("cycles", string.Join(", ", area))
                )
            );

    /// <summary>The gravest thing that holds, as the name of the page's first line.</summary>
    public string Head =>
        Status.ChargedTwice is not null ? "ChargedTwice"
        : Status.IsHalted ? "Halted"
        : Status.Cycles.Any(cycle => cycle.Held)
            ? Status.Cycles.All(cycle => cycle.Held) ? "AllHeld"
                : "SomeHeld"
        : Status.Cycles.Any(cycle => cycle.WhatNext is WhatNext.AfterRelease or WhatNext.BeingTaken) ? "Ending"
        : Status.Cycles.Any(cycle => cycle.WhatNext == WhatNext.WithNextBill) ? "Joined"
        : "Normal";

    public string NameOf(CycleStatus cycle) =>
        Names.FirstOrDefault(it => it.Cycle == cycle.Cycle.Value) is { } name
            ? string.Join(" · ", new[] { name.Name, Capital(name.Area) }.Where(part => part.Length > 0))
            : Words.Of("Residents.Cycle", ("n", cycle.Cycle));

    private static string Capital(string area) => area.Length == 0 ? "" : char.ToUpperInvariant(area[0]) + area[1..];

    /// <summary>Cycles of which the same is said stand together, in the order of the first of them.</summary>
    public IEnumerable<IReadOnlyList<CycleStatus>> Groups =>
        Status
            .Cycles.GroupBy(cycle => string.Join('\n', FactsOf(cycle).SelectMany(fact => fact.Texts)))
            .Select(group => (IReadOnlyList<CycleStatus>)[.. group]);

    /// <summary>The cycle's sentences, each kind under its label.</summary>
    public IEnumerable<(string Label, IReadOnlyList<string> Texts)> FactsOf(CycleStatus cycle) =>
        StatusText
            .OfCycle(cycle, Status, Calendar, Texts)
            .GroupBy(sentence => LabelOf(sentence.Code), sentence => sentence.Text)
            .Select(facts => (Words[$"Residents.Label{facts.Key}"], (IReadOnlyList<string>)[.. facts]));

    private static string LabelOf(Phrase phrase) =>
        phrase switch
        {
            Phrase.StatusOnHold or Phrase.StatusOnHoldOneDay => "Held",
            Phrase.StatusJoined or Phrase.StatusJoinedOneDay => "Joined",
            Phrase.StatusNoLateFee or Phrase.StatusNoLateFeeOneDay => "Fees",
            Phrase.StatusNoShutOff or Phrase.StatusNoShutOffOneDay => "ShutOffs",
            Phrase.StatusPaidAtCounter => "Counter",
            Phrase.StatusNothingToDo => "You",
            Phrase.StatusHalted or Phrase.StatusNormal => "Now",
            _ => "Next",
        };
}
