namespace Autopay.Pages.Certificates;

/// <summary>Sentences of a certificate.</summary>
public static class CertificateText
{
    /// <summary>Why a cycle cannot be cleared, by the gravest difference: money that was taken in and is not
    /// entered.</summary>
    public static string Refusal(Certificate certificate, PageWords words)
    {
        var line = certificate.Differences.MinBy(it => it.Difference)!;
        var (count, missing) = (line.CountedCount - line.EnteredCount, -line.Difference);
        var where = line.Key.Drawer.Length == 0 ? "" : words.Of("Certifying.InDrawer", ("drawer", line.Key.Drawer));
        return missing.IsPositive
            ? words.Count(
                "Certifying.Missing",
                Math.Max(count, 1),
                ("cycle", certificate.Cycle),
                ("day", CycleText.ShortDay(words, line.Key.ReceivedOn)),
                ("channel", words[$"Certifying.{line.Key.Channel}"]),
                ("amount", missing),
                ("drawer", where)
            )
            : words.Of(
                "Certifying.TooMuch",
                ("cycle", certificate.Cycle),
                ("day", CycleText.ShortDay(words, line.Key.ReceivedOn)),
                ("channel", words[$"Certifying.{line.Key.Channel}"]),
                ("amount", -missing),
                ("drawer", where)
            );
    }

    /// <summary>What a clear says, and what it does not do.</summary>
    public static string Says(ClearLook look, PageWords words)
    {
        if (look.Through.Count == 0)
        {
            return words["Certifying.NoDays"];
        }

        // The day of most channels is the sentence's; the others stand beside it.
        var main = look.Through.Values.CountBy(day => day).MaxBy(it => (it.Value, it.Key)).Key;
        var others = look
            .Through.Where(it => it.Value != main)
            .OrderBy(it => it.Key, StringComparer.Ordinal)
            .Select(it => $"{words[$"Certifying.{it.Key}"]}: {CycleText.ShortDay(words, it.Value)}");
        var through = string.Join(", ", others) is { Length: > 0 } some
            ? $"{CycleText.ShortDay(words, main)} ({some})"
            : CycleText.ShortDay(words, main);
        return words.Of("Certifying.Says", ("cycle", look.Cycle), ("through", through));
    }

    /// <summary><c>1 of 8 totals differs, by $60.00</c></summary>
    public static string Sums(Certificate certificate, PageWords words) =>
        (certificate.Lines.Count, certificate.Differences.Count) switch
        {
            (0, _) => words["Certifying.NoTotals"],
            (var all, 0) => words.Count("Certifying.AllAgree", all),
            (var all, var some) => words.Count(
                "Certifying.Differ",
                some,
                ("all", all),
                ("amount", certificate.DifferenceCents)
            ),
        };

    public static string WhereToLook(Clue clue, PageWords words) =>
        clue.Cents is { } cents
            ? words.Of(
                $"Certifying.Clue{clue.Kind}",
                ("amount", cents),
                ("account", clue.Account ?? ""),
                ("payment", clue.Payment?.Value ?? ""),
                ("channel", clue.Channel is { Length: > 0 } channel ? words.Code("Certifying", channel) : ""),
                (
                    "drawer",
                    clue.Drawer is { Length: > 0 } drawer ? words.Of("Certifying.InDrawer", ("drawer", drawer)) : ""
                ),
                ("day", clue.ReceivedOn is { } day ? CycleText.ShortDay(words, day) : "")
            )
            : words["Certifying.ClueNothing"];
}
