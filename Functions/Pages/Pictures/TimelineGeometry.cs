using System.Globalization;

namespace Autopay.Pages.Pictures;

/// <summary>Where things stand in the drawing of a timeline, in its own units; dates go across, or down.</summary>
internal sealed record TimelineGeometry(int Dates, int Cycles, int Spans, bool IsTurned)
{
    /// <summary>More brackets nobody can read; the table and the page have them all.</summary>
    public const int MostSpans = 3;

    private const int Row = 66;
    private const int SpanHeight = 24;

    private int Top => IsTurned ? 24 : 40 + (Spans * SpanHeight);

    private int Left => IsTurned ? 66 : 120;

    private int Right => IsTurned ? 10 + (Spans * 10) : 10;

    /// <summary>From one date to the next.</summary>
    private double Step => IsTurned ? Row : (double)(Width - Left - Right) / Dates;

    /// <summary>From one cycle to the next.</summary>
    private double Lane => IsTurned ? (double)(Width - Left - Right) / Math.Max(1, Cycles) : Row;

    public int Width => IsTurned ? 340 : 960;

    public int Height => Top + (Row * (IsTurned ? Dates : Cycles)) + 12;

    public string DateX(int date) => Text(IsTurned ? 0 : Left + ((date + 0.5) * Step));

    public string DateY(int date) => Text(IsTurned ? Top + (date * Step) + 24 : 34);

    public string DateAnchor => IsTurned ? "start" : "middle";

    public string CycleX(int cycle) => Text(IsTurned ? Left + ((cycle + 0.5) * Lane) : 0);

    public string CycleY(int cycle) => Text(IsTurned ? 14 : Top + (cycle * Lane) + 28);

    public string CycleAnchor => IsTurned ? "middle" : "start";

    public string CellX(int date, int cycle) => Text(X(date, cycle) - 14);

    public string CellY(int date, int cycle) => Text(Y(date, cycle) + 8);

    public string MarkX(int date, int cycle) => Text(X(date, cycle));

    public string MarkY(int date, int cycle) => Text(Y(date, cycle) + 25);

    public string DollarsY(int date, int cycle) => Text(Y(date, cycle) + 47);

    public string SpanX(TimelineSpan span) => Text(Left + ((span.First + span.Last + 1) * Step / 2));

    public static string SpanY(int span) => Text(54 + (span * SpanHeight));

    public string TodayX(int place) => Text(IsTurned ? Left - 8 : Left + (place * Step));

    public string TodayY(int place) => Text(IsTurned ? Top + (place * Step) + 4 : 14);

    public string TodayAnchor(int place) => IsTurned || place == Dates ? "end" : "middle";

    /// <summary>So many letters fit over a bracket.</summary>
    public int LettersOver(TimelineSpan span) => (int)((span.Last - span.First + 1) * Step / 7.5);

    public string Today(int place) =>
        IsTurned
            ? $"M{Text(Left - 4)} {Text(Top + (place * Step))}H{Text(Width)}"
            : $"M{Text(Left + (place * Step))} 18V{Text(Height)}";

    /// <summary>A line with two ends over the columns of a hold.</summary>
    public string Bracket(TimelineSpan span, int at)
    {
        var (from, to) = (Along(span.First) + 6, Along(span.Last + 1) - 6);
        var (place, end) = IsTurned ? (Width - 4 - (at * 10), -6) : (60 + (at * SpanHeight), 6);
        return IsTurned
            ? $"M{Text(place + end)} {Text(from)}H{Text(place)}V{Text(to)}H{Text(place + end)}"
            : $"M{Text(from)} {Text(place + end)}V{Text(place)}H{Text(to)}V{Text(place + end)}";
    }

    /// <summary>From what is merged to what takes it.</summary>
    public string Arrow(int from, int to, int cycle)
    {
        if (IsTurned)
        {
            var (x, top, bottom) = (X(from, cycle) + 20, Y(from, cycle) + 20, Y(to, cycle) + 6);
            return $"M{Text(x)} {Text(top)}V{Text(bottom)}m-4 -5l4 5l4 -5";
        }

        var (y, start, end) = (Y(from, cycle) + 20, X(from, cycle) + 18, X(to, cycle) - 18);
        return $"M{Text(start)} {Text(y)}H{Text(end)}m-5 -4l5 4l-5 4";
    }

    private double Along(int date) => IsTurned ? Top + (date * Step) : Left + (date * Step);

    private double X(int date, int cycle) => IsTurned ? Left + ((cycle + 0.5) * Lane) : Left + ((date + 0.5) * Step);

    private double Y(int date, int cycle) => IsTurned ? Top + (date * Step) : Top + (cycle * Lane);

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
