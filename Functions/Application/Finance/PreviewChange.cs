using System.Globalization;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>What a change of the controls would do, before anybody makes it.</summary>
/// <param name="Version">Of the controls that it was counted under: what the change then expects.</param>
public sealed record PreviewOfChange(long Version, CityLook Look, ChangePreview Preview, string Sentence);

/// <summary>What a waiver would be about.</summary>
public sealed record PreviewOfWaiver(long Version, CityLook Look, WaiverPreview Preview, string Sentence);

/// <summary>What a shield would be about.</summary>
public sealed record PreviewOfShield(long Version, CityLook Look, IReadOnlyList<ShieldDay> Days, string Sentence);

/// <summary>
/// Counts what a change would do, by the same rules that the change goes by, and changes nothing. What the change would
/// be refused for, its preview is refused for too; certificates and files on their way are told of elsewhere.
/// </summary>
public sealed class PreviewChange(LookAtCity look, IControlsStore store, CityClock clock)
{
    /// <param name="isFresh">Every account is looked at, whatever that costs.</param>
    /// <exception cref="RefusedException">The change contradicts what is in force.</exception>
    public async Task<PreviewOfChange> RunAsync(ControlChange change, bool isFresh, CancellationToken cancel)
    {
        var before = (await store.LoadAsync(cancel)).Controls;
        var after = before.Change(change, clock.Authority("autopay", "Preview"));
        var tally = new PreviewTally(change, before, after, clock.City, clock.Now);
        var seen = await look.RunAsync(isFresh, tally.Add, tally.Add, cancel);
        var preview = tally.Preview;
        return new PreviewOfChange(
            before.Version,
            seen,
            preview,
            PreviewSentence.Of(change, before, preview, seen.IsEstimate, clock.City)
        );
    }

    /// <exception cref="RefusedException">The waiver would be refused.</exception>
    public async Task<PreviewOfWaiver> RunAsync(PenaltyWaived waived, bool isFresh, CancellationToken cancel)
    {
        var (before, after) = await ChangedAsync(waived, cancel);
        return await LookAsync(after.Waivers[^1], before, before.Version, isFresh, cancel);
    }

    /// <summary>What it waives, and how much of that another one still does.</summary>
    /// <exception cref="RefusedException">There is no such waiver.</exception>
    public async Task<PreviewOfWaiver> RunAsync(WaiverWithdrawn withdrawn, bool isFresh, CancellationToken cancel)
    {
        var (before, after) = await ChangedAsync(withdrawn, cancel);
        return await LookAsync(before.FindWaiver(withdrawn.Id)!, after, before.Version, isFresh, cancel);
    }

    /// <exception cref="RefusedException">The shield would be refused.</exception>
    public async Task<PreviewOfShield> RunAsync(DisconnectShielded shielded, bool isFresh, CancellationToken cancel)
    {
        var (before, after) = await ChangedAsync(shielded, cancel);
        return await LookAsync(after.Shields[^1], before, before.Version, isFresh, cancel);
    }

    /// <summary>The dates from today on that it shields, and which of them another one still does.</summary>
    /// <exception cref="RefusedException">There is no such shield.</exception>
    public async Task<PreviewOfShield> RunAsync(ShieldWithdrawn withdrawn, bool isFresh, CancellationToken cancel)
    {
        var (before, after) = await ChangedAsync(withdrawn, cancel);
        var shield = before.FindShield(withdrawn.Id)!;
        var left = shield with { Dates = [.. shield.Dates.Where(date => date >= clock.Now.Today)] };
        return await LookAsync(
            shield.IsInForce ? left : left with { Dates = [] },
            after,
            before.Version,
            isFresh,
            cancel
        );
    }

    private async Task<(Controls Before, Controls After)> ChangedAsync(ControlChange change, CancellationToken cancel)
    {
        var before = (await store.LoadAsync(cancel)).Controls;
        return (before, before.Change(change, clock.Authority("autopay", "Preview")));
    }

    private async Task<PreviewOfWaiver> LookAsync(
        PenaltyWaiver waiver,
        Controls others,
        long version,
        bool isFresh,
        CancellationToken cancel
    )
    {
        var tally = new WaiverTally(waiver, others);
        var seen = await look.RunAsync(isFresh, tally.Add, tally.Add, cancel);
        return new PreviewOfWaiver(version, seen, tally.Preview, Sentence(tally.Preview));
    }

    private async Task<PreviewOfShield> LookAsync(
        DisconnectShield shield,
        Controls others,
        long version,
        bool isFresh,
        CancellationToken cancel
    )
    {
        var tally = new ShieldTally(shield, others);
        var seen = await look.RunAsync(isFresh, tally.Add, tally.Add, cancel);
        return new PreviewOfShield(version, seen, tally.Days, Sentence(tally.Days, seen));
    }

    private static string Sentence(IReadOnlyList<ShieldDay> days, CityLook seen) =>
        days.Count == 0
            ? "No date."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Of bills due before {days[^1].Date:yyyy-MM-dd} {(seen.IsEstimate ? "at most " : "")}"
                    + $"{days[^1].OpenBills:N0} {(days[^1].OpenBills == 1 ? "is" : "are")} open now, "
                    + $"${days[^1].OpenCents / 100m:N2}."
            );

    private static string Sentence(WaiverPreview preview) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(preview.AlreadyWaived is null ? "At most " : "")}{preview.Bills:N0} "
                + $"bill{(preview.Bills == 1 ? "" : "s")} in both windows"
                + $"{(preview.AlreadyWaived is > 0 and var waived ? $", {waived:N0} waived by another too" : "")}."
        );
}
