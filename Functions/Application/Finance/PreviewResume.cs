using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;

namespace Autopay.Application.Finance;

/// <summary>What would leave once charging goes on, before anybody agrees to it.</summary>
/// <param name="Due">Debits whose day has come and that no hold ever held, with what is open on them.</param>
/// <param name="Released">What releases that are under way have still to send.</param>
public sealed record ResumePreview(DebitCount Due, PlanSum Released, CityLook Look)
{
    public int Debits => checked(Due.Debits + Released.Debits);

    public Money Total => new Money(Due.Cents) + Released.Cents;
}

/// <summary>Counts what waits for the end of a halt; changes nothing.</summary>
public sealed class PreviewResume(LookAtCity look, IControlsStore store, ReadReleases releases, CityClock clock)
{
    public async Task<ResumePreview> RunAsync(CancellationToken cancel)
    {
        var controls = (await store.LoadAsync(cancel)).Controls;
        var tally = new ResumeTally(controls, clock.Now.Today);
        var seen = await look.RunAsync(isFresh: false, tally.Add, tally.Add, cancel);
        var running = (await releases.UnderWayAsync(cancel)).Where(view => view.Step == ReleaseStep.Running);
        var released = running.Aggregate(default(PlanSum), (sum, view) => sum + view.Progress!.ToGo);
        return new ResumePreview(tally.Due, released, seen);
    }
}
