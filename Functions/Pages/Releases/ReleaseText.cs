using Autopay.Application.Finance;
using Autopay.Application.Releasing;

namespace Autopay.Pages.Releases;

/// <summary>Sentences of a release.</summary>
public static class ReleaseText
{
    /// <summary>What the approver reads above the button.</summary>
    public static string About(ReleaseView view, Frame frame, IReadOnlyList<CycleName> names)
    {
        var (w, terms) = (frame.Words, view.Plan.Terms!);
        return string.Join(
            ' ',
            w.Of(
                "Releasing.About",
                ("debits", CycleText.Debits(w, terms.Debits)),
                ("amount", terms.Total),
                ("cycle", CycleText.Inside(w, terms.Cycle, names))
            ),
            HowItGoes(terms, frame),
            w.Of("Releasing.Owed", ("at", CycleText.At(frame, view.Plan.AsOf ?? view.Plan.Made.At))),
            w["Releasing.NotBack"]
        );
    }

    /// <summary>When the first leave, and what the rest waits for.</summary>
    public static string HowItGoes(ReleaseTerms terms, Frame frame)
    {
        var w = frame.Words;
        var start = frame.Civil(terms.StartAt > frame.Now.Utc ? terms.StartAt : frame.Now.Utc);
        var (day, time) = (CycleText.Day(frame, start.Today), start.TimeOfDay);
        var limit = terms.DailyLimit is { } daily ? " " + w.Of("Releasing.Daily", ("amount", daily)) : "";
        return (
                terms.First == 0 ? w.Of("Releasing.AllAtOnce", ("day", day), ("time", time))
                : terms.GoOn is { } on
                    ? w.Count(
                        "Releasing.FirstThenOn",
                        terms.First,
                        ("day", day),
                        ("time", time),
                        ("on", CycleText.Day(frame, on))
                    )
                : w.Count("Releasing.FirstThenGo", terms.First, ("day", day), ("time", time))
            ) + limit;
    }

    /// <summary>Why whoever prepared it cannot approve it, and who can.</summary>
    public static string Refusal(ReleaseView view, Frame frame) =>
        frame.Words.Of(
            "Releasing.Refusal",
            ("names", frame.Words["Releasing.AnotherApprover"]),
            ("until", Until(view.Approval!.ExpiresAt, frame))
        );

    /// <summary>Where it is, of six steps; only its state when it is over before its time.</summary>
    public static string StepOf(ReleaseView view, PageWords words)
    {
        var number = view.Step switch
        {
            ReleaseStep.Planning => 1,
            ReleaseStep.Draft => 2,
            ReleaseStep.Sealed => 3,
            ReleaseStep.Running => view.Approved is { Terms.First: > 0, Gone: null } ? 4 : 5,
            ReleaseStep.WaitsForGo => 5,
            ReleaseStep.Done => 6,
            _ => 0,
        };
        var state = words[$"Releasing.Step{view.Step}"];
        return number == 0 ? state : words.Of("Releasing.StepOf", ("n", number), ("state", state));
    }

    /// <summary>The title's sentence, with count and dollars.</summary>
    public static string Head(ReleaseView view, PageWords words)
    {
        if (view.Plan.Totals is not { } totals)
        {
            return words.Of("Releasing.HeadPlanning", ("id", view.Plan.Id));
        }

        var sent = view.Progress?.Sent ?? default;
        return words.Of(
            $"Releasing.Head{view.Step}",
            ("id", view.Plan.Id),
            ("debits", CycleText.Debits(words, view.Plan.Terms?.Debits ?? totals.ToBank.Debits)),
            ("amount", view.Plan.Terms?.Total ?? totals.ToBank.Cents),
            ("sent", words.Count("Counted.Debits", sent.Debits)),
            ("sentAmount", sent.Cents)
        );
    }

    /// <summary><c>tomorrow, 9:58 a.m.</c></summary>
    public static string Until(DateTimeOffset at, Frame frame)
    {
        var civil = frame.Civil(at);
        return $"{CycleText.Day(frame, civil.Today)}, {PageWords.Time(civil.TimeOfDay)}";
    }
}
