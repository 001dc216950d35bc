using Autopay.Application.Finance;

namespace Autopay.Pages.Cycles;

/// <summary>What is said of a cycle on more than one page.</summary>
internal static class CycleWords
{
    /// <summary>As people recognise it: <c>Cycle 1 · West</c>.</summary>
    public static string Name(PageWords words, int cycle, string name, string area)
    {
        var own = name == $"Cycle {cycle}" ? words.Of("Cycle.Name", ("cycle", cycle)) : name;
        return area.Length == 0 ? own : $"{own} · {Capital(area)}";
    }

    public static string Name(PageWords words, CycleView view) => Name(words, view.Cycle, view.Name, view.Area);

    /// <summary>Where most of it is, with its count and its dollars.</summary>
    public static string Answer(PageWords words, CycleStanding it) =>
        it.View.DueDates.Count == 0 ? words["Cycle.AnswerEmpty"]
        : it.Held.Debits > 0 ? words.Count("Cycle.AnswerHeld", it.Held.Debits, ("amount", new Money(it.Held.OpenCents)))
        : it.ForRelease.Debits > 0
            ? words.Count("Cycle.AnswerRelease", it.ForRelease.Debits, ("amount", new Money(it.ForRelease.OpenCents)))
        : it.WithBank.Debits > 0
            ? words.Count("Cycle.AnswerBank", it.WithBank.Debits, ("amount", new Money(it.WithBank.OpenCents)))
        : it.Next is { } next
            ? words.Count(
                "Cycle.AnswerNext",
                next.Sum.Debits,
                ("amount", new Money(next.Sum.OpenCents)),
                ("day", next.Day)
            )
        : it.Joining.Debits > 0
            ? words.Count("Cycle.AnswerJoining", it.Joining.Debits, ("amount", new Money(it.Joining.OpenCents)))
        : words["Cycle.AnswerNone"];

    /// <summary>The flag in words: cleared and when, on hold since when, or neither.</summary>
    public static string Flag(Frame frame, CycleStanding it) =>
        it.OpenHolds.Count > 0 && it.Held.Debits == 0 ? frame.Words["Cycle.HoldEmpty"]
        : it.OpenHolds.Count > 0
            ? frame.Words.Of("Cycle.OnHoldSince", ("day", frame.Civil(it.OpenHolds.Min(hold => hold.DeclaredAt)).Today))
        : it.View.Backlog is { Cleared: true, ChangedAt: { } at }
            ? frame.Words.Of("Cycle.ClearedOn", ("day", frame.Civil(at).Today), ("time", frame.Civil(at).TimeOfDay))
        : frame.Words["Cycle.NotOnHold"];

    public static string Block(PageWords words, CycleBlock block) =>
        words.Of($"Cycle.{block.Text}", ("release", block.Release ?? ""));

    /// <summary>Who declared or cleared something, as the record has it.</summary>
    public static string Who(string by, string? name) => string.IsNullOrEmpty(name) ? by : name;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
