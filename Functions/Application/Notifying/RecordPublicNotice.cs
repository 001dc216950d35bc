using Autopay.Application.Finance;

namespace Autopay.Application.Notifying;

/// <summary>What the city told everybody goes on record, and counts as notice (R44).</summary>
public sealed class RecordPublicNotice(ChangeControls change, Policies policies, CityClock clock)
{
    /// <summary>
    /// Where debits wait for their notice, one that is said to have been published on an earlier day could let them
    /// leave at once: that asks for a second person.
    /// </summary>
    /// <param name="id">Of the request for an approval.</param>
    /// <returns>The controls, with the request where a second person is asked.</returns>
    /// <exception cref="RefusedException">It contradicts what is on record; nothing changed.</exception>
    public Task<ChangeAnswer> RunAsync(
        string id,
        PublicNoticeRecorded recorded,
        ChangeRequest request,
        CancellationToken cancel
    ) =>
        change.RunAsync(
            AsksForTwo(recorded) ? new ApprovalAsked(id, recorded with { What = request.Authority.Why }) : recorded,
            request,
            cancel
        );

    private bool AsksForTwo(PublicNoticeRecorded recorded) =>
        policies is { SecondPerson: true, NoticeClock: NoticeClockMode.Enforce }
        && recorded.PublishedOn < clock.Now.Today;
}
