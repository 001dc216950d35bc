using System.Globalization;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;

namespace Autopay.Application.Finance;

/// <summary>What would leave once charging goes on, before anybody agrees to it.</summary>
/// <param name="Version">Of the controls that it was counted under.</param>
/// <param name="Due">Debits whose day has come and that wait for no release, with what is open on them.</param>
/// <param name="Released">What releases that are under way have still to send.</param>
/// <param name="InFlight">What is with the bank already.</param>
public sealed record ResumePreview(long Version, DebitCount Due, PlanSum Released, DebitCount InFlight, CityLook Look)
{
    /// <summary>What still stops all charging when the halt is over; null when nothing does.</summary>
    public string? StillStopped { get; init; }

    /// <summary>When the first of them would leave, UTC; null when none does.</summary>
    public DateTimeOffset? FirstDue { get; init; }

    public int Debits => checked(Due.Debits + Released.Debits);

    public Money Total => new Money(Due.Cents) + Released.Cents;

    public string ToSentence() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(Look.IsEstimate ? "About " : "")}{Debits:N0} debit{(Debits == 1 ? "" : "s")}, "
                + $"${Total.Cents / 100m:N2}, would leave: ${Due.Cents / 100m:N2} that nobody has to let go, "
                + $"${Released.Cents.Cents / 100m:N2} of releases under way."
                + $"{(StillStopped is { } why ? $" Nothing leaves yet: {why}." : "")}"
        );
}

/// <summary>Counts what waits for the end of a halt; changes nothing.</summary>
public sealed class PreviewResume(LookAtCity look, IControlsStore store, ReadReleases releases, CityClock clock)
{
    /// <exception cref="RefusedException">Charging is not halted.</exception>
    public async Task<ResumePreview> RunAsync(bool isFresh, CancellationToken cancel)
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        if (!controls.IsHalted)
        {
            throw new RefusedException("Charging is not halted.");
        }

        var running = (await releases.UnderWayAsync(controls, cancel))
            .Where(view => view.Step == ReleaseStep.Running)
            .ToList();
        var tally = new ResumeTally(controls, clock.Now.Today, running.Select(view => view.Plan.Id).ToHashSet());
        var seen = await look.RunAsync(isFresh, tally.Add, tally.Add, cancel);
        var released = running.Aggregate(default(PlanSum), (sum, view) => sum + view.Progress!.ToGo);
        var stopped = (controls with { Halt = null }).WhyNothingIsCharged;
        var preview = new ResumePreview(controls.Version, tally.Due, released, tally.InFlight, seen);
        return preview with
        {
            StillStopped = stopped,
            FirstDue = stopped is not null || preview.Debits == 0 ? null : FirstMoment(controls.Policies.DueDateRunAt),
        };
    }

    private DateTimeOffset FirstMoment(TimeOnly runAt) =>
        BankingCalendar.IsBankingDay(clock.Now.Today)
            ? clock.Now.Utc
            : clock.City.ToUtc(BankingCalendar.RollForward(clock.Now.Today), runAt);
}
