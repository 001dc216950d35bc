namespace Autopay.Benchmarks.Report;

/// <summary>
/// One line of the table. Only what is counted has a limit that can be missed; a time is an aim, or only told.
/// </summary>
/// <param name="Limit">Null: told only.</param>
/// <param name="IsAim">A ratio of times, on a machine that is busy or not: at least <paramref name="Limit"/> is aimed
/// at.</param>
public sealed record Budget(string What, string Of, double Measured, double? Limit = null, bool IsAim = false)
{
    public bool IsMissed => !IsAim && Measured > Limit;

    public string Verdict =>
        (Limit, IsAim) switch
        {
            (null, _) => "",
            (_, true) => Measured >= Limit ? "reached" : "not reached",
            _ => IsMissed ? "MISSED" : "ok",
        };
}
