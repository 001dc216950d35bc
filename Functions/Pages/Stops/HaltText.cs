using Autopay.Application.Ports.Books;

namespace Autopay.Pages.Stops;

/// <summary>Sentences of a halt, and of what somebody else has changed.</summary>
public static class HaltText
{
    /// <summary>What every page says while charging is halted.</summary>
    /// <param name="left">Debits of the releases under way that are sent.</param>
    public static string Banner(Halt halt, int left, Frame frame)
    {
        var (w, since) = (frame.Words, frame.Civil(halt.Since));
        var text = w.Of(
            since.Today == frame.Today ? "Halting.Banner" : "Halting.BannerDay",
            ("time", BannerTime(since.TimeOfDay, w)),
            ("day", since.Today),
            ("name", halt.Name ?? halt.By),
            ("why", halt.Reasons)
        );
        return left == 0 ? text : $"{text} {w.Count("Halting.Left", left)}";
    }

    /// <summary>Who did what since a version of the controls, and that nothing of the reader's was recorded.</summary>
    public static string Changed(IReadOnlyList<ControlsHistoryRow> changes, Frame frame)
    {
        var w = frame.Words;
        var acts = changes.Select(row =>
            w.Of(
                "Halting.ChangedAct",
                ("name", row.Authority.Name ?? row.Authority.By),
                ("what", w.Code("Did", row.Change.Name)),
                ("why", row.Authority.Why),
                ("time", frame.Civil(row.Authority.At).TimeOfDay)
            )
        );
        return w.Of("Halting.Changed", ("acts", string.Join("; ", acts).TrimEnd('.')));
    }

    // As the language's own typographers have it.
    private static string BannerTime(TimeOnly time, PageWords words) =>
        words.IsSpanish
            ? PageWords
                .Time(time)
                .Replace("a.m.", "a. m.", StringComparison.Ordinal)
                .Replace("p.m.", "p. m.", StringComparison.Ordinal)
            : PageWords.Time(time);
}
